-- Which visit type an appointment got from the request that it began with, and why.
create or replace function explain_visit_type(wanted appointments, begun bigint, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select jsonb_build_object(
    'visit_type_id', visit.id,
    'name', visit.name,
    'because', case
      when visit.id is null and wanted.visit_type_id is not null then 'other_length'
      when visit.id is null then 'none_named'
      when wanted.visit_type_id is not null then 'named'
      else (
        select case
          when bool_or((other.mode = 'in_person') = (visit.mode = 'in_person')) then 'lowest_id'
          when count(*) > 0 then 'in_person_first'
          else 'only_one_of_that_length'
        end
        from doctor_visit_types offer
        join visit_types other on other.id = offer.visit_type_id
        where offer.doctor_id = one.doctor_id
        and other.id <> visit.id
        and other.minutes = visit.minutes
        and other.bookable_online
        and other.is_active
      )
    end
  )
  from appointments one
  left join visit_types visit on visit.id = one.visit_type_id
  where one.id = begun
);

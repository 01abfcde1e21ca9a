-- Which visit type an appointment got from the request that it began with, and why. `details` are the appointment's
-- (`appointment_details`).
create or replace function explain_visit_type(wanted appointments, details jsonb) returns jsonb
language plpgsql
stable
set plan_cache_mode to force_generic_plan
as $$
declare
  chosen constant bigint := details ->> 'visit_type_id';
  because text;
begin
  if chosen is null then
    because := case when wanted.visit_type_id is null then 'none_named' else 'other_length' end;
  elsif wanted.visit_type_id is not null then
    because := 'named';
  else
    select case
      when bool_or((other.mode = 'in_person') = (visit.mode = 'in_person')) then 'lowest_id'
      when count(*) > 0 then 'in_person_first'
      else 'only_one_of_that_length'
    end
    into because
    from visit_types visit
    join visit_types other on other.minutes = visit.minutes and other.id <> visit.id
    join doctor_visit_types offer on offer.visit_type_id = other.id
    where visit.id = chosen
    and offer.doctor_id = (details ->> 'doctor_id')::bigint
    and other.bookable_online
    and other.is_active;
  end if;
  return jsonb_build_object('visit_type_id', chosen, 'name', details -> 'visit_type', 'because', because);
end
$$;

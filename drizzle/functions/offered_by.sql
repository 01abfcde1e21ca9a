-- What can be booked with a doctor, for a refusal to list: of a patient, what can be booked online.
create or replace function offered_by(of_doctor bigint, by_desk boolean, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select coalesce(
    jsonb_agg(
      jsonb_build_object('visit_type_id', visit.id, 'name', visit.name, 'minutes', visit.minutes)
      order by visit.name
    ),
    '[]'
  )
  from doctor_visit_types offer
  join visit_types visit on visit.id = offer.visit_type_id
  where offer.doctor_id = of_doctor
  and exists (select from visit_terms(of_doctor, null, visit.id, by_desk, as_of))
);

-- The patients that the facts of an event name: whose appointment it is, and who comes along. A merged record counts as the
-- one that took its place.
create or replace function patients_in(facts jsonb) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
return array(
  select distinct coalesce(patients.moved_to_id, patients.id)
  from (
    select (facts ->> 'patient_id')::bigint as id
    union
    select companion.id::bigint from jsonb_array_elements_text(facts -> 'companion_ids') companion (id)
  ) named
  join patients on patients.id = named.id
);

-- The patients that the facts of an event name: whose appointment it is, and who comes along. A merged record counts as the
-- one that took its place.
create or replace function patients_in(facts jsonb) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
return array(
  select distinct one.id
  from (
    select (facts ->> 'patient_id')::bigint as id
    union
    select companion.id::bigint from jsonb_array_elements_text(facts -> 'companion_ids') companion (id)
  ) named
  -- One by one: in a join, PostgreSQL would read some thousands of patients for one name.
  cross join lateral (
    select coalesce(patients.moved_to_id, patients.id) as id
    from patients
    where patients.id = named.id
    offset 0
  ) one
);

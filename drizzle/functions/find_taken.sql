-- Who or what of these claims is not free, as the refusal that says so. Null when all are.
create or replace function find_taken(asked claims[], as_of timestamptz) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select case
    when claim.part in ('patient', 'companion') then 'patient_busy'
    when claim.part = 'doctor' then 'slot_taken'
    else 'resource_taken'
  end
  from unnest(asked) claim
  where is_claimed(claim.resource_id, claim.during, as_of)
  order by array_position(array['patient', 'companion', 'doctor'], claim.part)
  limit 1
);

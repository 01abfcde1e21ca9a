-- Trigger: a doctor works at their first location, also when the previous release hires them, which does not know of others.
create or replace function keep_location() returns trigger
language plpgsql
set plan_cache_mode to force_generic_plan
as $$
begin
  insert into doctor_locations (doctor_id, location_id)
  values (new.id, new.location_id)
  on conflict do nothing;
  return null;
end
$$;

-- How many appointments at a location wait to be worked through.
create or replace function count_stranded(at_location bigint, as_of timestamptz) returns integer
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select count(*)::integer from stranded_appointments(at_location, as_of) where not stays;
end;

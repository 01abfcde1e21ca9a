-- Makes bookings of the same people wait for one another while there are ways between their locations, always in the same
-- order: no constraint keeps the time on the way free, so each has to see what those before it took.
create or replace function take_turns_to_travel(people bigint[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(key)
  from (
    select hashtextextended('person ' || doctor.resource_id, 0) as key
    from doctors doctor
    join doctor_locations work on work.doctor_id = doctor.id
    where doctor.resource_id = any (people)
    and exists (select from travel_times)
    group by doctor.resource_id
    having count(distinct work.location_id) > 1
    order by key
    offset 0
  ) in_order;
end;

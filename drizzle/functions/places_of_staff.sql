-- The locations at which this person may see the day: the front desk at all that are in use, or at those that its account is
-- bound to; doctors where they work, patients nowhere. This is the one place that decides it for the day view.
create or replace function places_of_staff(acting acting) returns table (id bigint, name text, time_zone text)
language sql
stable
begin atomic
  select location.id, location.name, location.time_zone
  from locations location
  where location.is_active
  and (
    acting.by_desk and is_in_reach(location.id, acting)
    or exists (
      select from doctor_locations work
      where work.doctor_id = acting.doctor_id
      and work.location_id = location.id
    )
  );
end;

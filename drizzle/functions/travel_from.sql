-- The longest way from a location to another one: how far from an appointment there others can be in its way. A table, like
-- `open_time`.
create or replace function travel_from(at_location bigint) returns table (longest interval)
language sql
stable
begin atomic
  select coalesce(max(minutes), 0) * interval '1 minute'
  from travel_times
  where one_location_id = at_location
  or other_location_id = at_location;
end;

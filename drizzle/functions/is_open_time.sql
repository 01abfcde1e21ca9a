-- Whether the doctor sees patients at the location during the whole of a time, whether booked or not.
create or replace function is_open_time(of_doctor bigint, at_location bigint, asked tstzrange) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(bool_or(open_time.during @> asked), false) from open_time(of_doctor, at_location, asked);
end;

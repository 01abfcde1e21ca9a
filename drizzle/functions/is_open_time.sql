-- Whether the doctor sees patients during the whole of a time, whether booked or not.
create or replace function is_open_time(of_doctor bigint, asked tstzrange) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(bool_or(open_time.during @> asked), false) from open_time(of_doctor, asked);
end;

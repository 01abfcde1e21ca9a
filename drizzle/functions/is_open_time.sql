-- Whether a doctor sees patients during the whole of a time, whoever is booked.
create or replace function is_open_time(of_doctor bigint, asked tstzrange) returns boolean
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select open_time.during @> asked from open_time(of_doctor, asked);
end;

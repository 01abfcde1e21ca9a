-- The appointments that take a room or device, lie ahead and are outside its hours.
create or replace function stranded_by_resource_hours(of_resource bigint, as_of timestamptz)
returns table (id bigint, start_at timestamptz)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.id, one.start_at
  from appointments_of_resource(of_resource, tstzrange(as_of, null), as_of) one
  cross join lateral hours_of_resource(of_resource, tstzrange(one.start_at, one.end_at)) hours
  where not hours.during @> tstzrange(one.start_at, one.end_at);
end;

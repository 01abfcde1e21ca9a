-- The appointments that take a room or device, lie ahead and are outside its hours: with the minutes before and after, which
-- must be inside them, too.
create or replace function stranded_by_resource_hours(of_resource bigint, as_of timestamptz)
returns table (id bigint, start_at timestamptz)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.id, one.start_at
  from appointments_of_resource(of_resource, tstzrange(as_of, null), as_of) one
  join claims claim
    on claim.appointment_id = coalesce(one.session_id, one.id)
    and claim.resource_id = of_resource
  cross join lateral hours_of_resource(of_resource, claim.during) hours
  where one.end_at > as_of
  and not hours.during @> claim.during;
end;

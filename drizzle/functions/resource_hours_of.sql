-- The weekly hours of a room or device, as they were set.
create or replace function resource_hours_of(of_resource bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select coalesce(jsonb_agg(to_jsonb(hours) - array['id', 'resource_id'] order by weekday, opens_at), '[]')
  from resource_hours hours
  where resource_id = of_resource
);

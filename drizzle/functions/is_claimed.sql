-- Whether an appointment has a resource at any of this time. An expired hold has nothing, and `except_for`, the appointment
-- that is being moved, is not in its own way.
create or replace function is_claimed(
  of_resource bigint, asked tstzrange, as_of timestamptz, except_for bigint default null
) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
return exists (
  select from claims
  where resource_id = of_resource
  and during && asked
  and (expires_at is null or expires_at > as_of)
  and (except_for is null or appointment_id <> except_for)
);

-- Whether this time at a location is too near to what someone does elsewhere, because they are on the way then. The
-- exclusion constraint does not see that. `except_for` is the appointment that is being moved.
create or replace function is_on_the_way(
  of_resource bigint, at_location bigint, asked tstzrange, as_of timestamptz, except_for bigint
) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select exists (
    select
    from travel_from(at_location) travel
    join claims claim
      on claim.resource_id = of_resource
      and claim.during && tstzrange(lower(asked) - travel.longest, upper(asked) + travel.longest)
    join travel_times way
      on way.one_location_id = least(claim.location_id, at_location)
      and way.other_location_id = greatest(claim.location_id, at_location)
      and claim.during && tstzrange(
        lower(asked) - way.minutes * interval '1 minute', upper(asked) + way.minutes * interval '1 minute'
      )
    where travel.longest > interval '0'
    and asked is not null -- or what no longer takes any time would be too near to everything
    and (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
  );
end;

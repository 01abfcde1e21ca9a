-- Where inside the window an appointment may not lie because of what else it takes: each of these claims brings its own
-- minutes before and after, and so does what has been claimed. With `checks_hours`, colleagues have to see patients then. The
-- claims of an expired hold count for nothing, and neither do those of `except_for`, the appointment that is being moved.
create or replace function blocked_time(
  asked claims[], within tstzrange, checks_hours boolean, as_of timestamptz, except_for bigint default null
) returns tstzmultirange
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(range_agg(blocked.during), '{}')
  from unnest(asked) wanted
  cross join lateral (
    select
      wanted.before_minutes * interval '1 minute' as buffer_before,
      wanted.after_minutes * interval '1 minute' as buffer_after
  ) own
  cross join lateral (
    select tstzmultirange(tstzrange(
      lower(claim.during) - own.buffer_after, upper(claim.during) + own.buffer_before
    )) as during
    from claims claim
    where claim.resource_id = wanted.resource_id
    and claim.during && tstzrange(lower(within) - own.buffer_before, upper(within) + own.buffer_after)
    and (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
    union all
    select tstzmultirange(within) - open_time.during
    from open_time(wanted.doctor_id, within)
    where wanted.part = 'colleague'
    and checks_hours
  ) blocked;
end;

-- Where inside the window an appointment may not lie because of the people and things that these claims are for: they
-- have something else, or a colleague does not see patients at that location. The claims of an expired hold count for
-- nothing, and neither do those of `except_for`, the appointment that is being moved.
create or replace function blocked_time(asked claims[], within tstzrange, as_of timestamptz, except_for bigint)
returns tstzmultirange
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(range_agg(blocked.during), '{}')
  from unnest(asked) wanted
  cross join lateral (
    select tstzmultirange(claim.during) as during
    from claims claim
    where wanted.part in ('patient', 'companion', 'room', 'device')
    and claim.resource_id = wanted.resource_id
    and claim.during && within
    and (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
    union all
    select tstzmultirange(within) - coalesce((
      select free.during
      from free_time(
        wanted.doctor_id, wanted.location_id, within, wanted.before_minutes * interval '1 minute',
        wanted.after_minutes * interval '1 minute', as_of, except_for
      ) free
    ), '{}')
    where wanted.part = 'colleague'
  ) blocked;
end;

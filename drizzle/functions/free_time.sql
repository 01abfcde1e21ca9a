-- Where an appointment with these buffers fits inside the window: open time without the time that is claimed. Each claim
-- brings its own buffers. That of an expired hold counts for nothing, and neither do those of `except_for`, the appointment
-- that is being moved.
create or replace function free_time(
  of_doctor bigint, within tstzrange, buffer_before interval, buffer_after interval, as_of timestamptz,
  except_for bigint default null
) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select open_time.during - occupied.during
  from open_time(of_doctor, within)
  cross join lateral (
    -- Widened the other way round, so that the new appointment's own buffers stay out of it as well.
    select coalesce(range_agg(
      tstzrange(lower(claim.during) - buffer_after, upper(claim.during) + buffer_before)
    ), '{}') as during
    from claims claim
    where claim.resource_id = (select resource_id from doctors where id = of_doctor)
    and claim.during && tstzrange(lower(within) - buffer_before, upper(within) + buffer_after)
    and (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
  ) occupied
  offset 0;
end;

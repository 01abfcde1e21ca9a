-- The starts nearest to the one that was wanted at which doctor and patient are free, up to three days before and after.
-- Whatever else the appointment needs is not looked at.
create or replace function nearest_starts(wanted appointments, wish wish, acting acting) returns setof timestamptz
language sql
stable
rows 8
set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as materialized (
    select
      candidate.*, doctor.grid_minutes,
      candidate.end_at - candidate.start_at as length,
      (candidate.start_at at time zone candidate.time_zone)::date as date,
      (candidate.start_at at time zone candidate.time_zone)::time as clock
    from read_wish(wanted, wish, acting) candidate
    join doctors doctor on doctor.id = candidate.doctor_id
    where candidate.start_at < candidate.end_at
  ),
  around as materialized (
    select asked.*, tstzrange(
      greatest(acting.as_of, (date - 3)::timestamp at time zone time_zone),
      greatest(acting.as_of, (date + 4)::timestamp at time zone time_zone)
    ) as during
    from asked
  ),
  free as materialized (
    select around.*, doctor.during - (
      select coalesce(range_agg(claim.during), '{}')
      from claims claim
      where claim.resource_id = resource_of_patient(around.patient_id)
      and claim.during && around.during
      and (claim.expires_at is null or claim.expires_at > acting.as_of)
    ) as free
    from around
    cross join lateral (
      select coalesce(range_agg(piece), '{}') as during
      from doctor_locations work
      cross join lateral free_time(
        work.doctor_id, work.location_id, around.during,
        coalesce(around.buffer_before_minutes, 0) * interval '1 minute',
        coalesce(around.buffer_after_minutes, 0) * interval '1 minute', acting.as_of, null
      ) open
      cross join lateral unnest(open.during) piece
      where work.doctor_id = around.doctor_id
    ) doctor
  )
  select near.start_at
  from free
  cross join lateral (
    select distinct (free.date + day + at)::timestamp at time zone free.time_zone as start_at
    from generate_series(-3, 3) day
    cross join lateral (
      select time '00:00' + n * free.grid_minutes * interval '1 minute' as at
      from generate_series(0, 1439 / free.grid_minutes) n
      union
      select free.clock
    ) clock
  ) near
  where near.start_at <> free.start_at
  and free.free @> tstzrange(near.start_at, near.start_at + free.length)
  order by abs(extract(epoch from near.start_at - free.start_at)), near.start_at
  limit 8;
end;

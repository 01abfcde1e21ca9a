-- Where an appointment like this one could start inside the window, both ends included: on its doctor's grid, at its location or
-- any of theirs, while doctor and patient are free and its needs can be met. Its id is that of an appointment that is being
-- moved, whose time counts as free; of its times only the length counts.
create or replace function fitting_starts(wanted appointments, within tstzrange, as_of timestamptz) returns table (
  start_at timestamptz, location_id bigint
)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select start.start_at, work.location_id
  from (
    select
      wanted.end_at - wanted.start_at as lasting,
      tstzrange(
        greatest(lower(within), as_of),
        greatest(upper(within), as_of) + (wanted.end_at - wanted.start_at)
      ) as during
    where wanted.start_at < wanted.end_at
    and upper(within) >= as_of
    offset 0
  ) asked
  join doctors doctor on doctor.id = wanted.doctor_id
  join doctor_locations work
    on work.doctor_id = doctor.id
    and (wanted.location_id is null or work.location_id = wanted.location_id)
  join locations location on location.id = work.location_id
  cross join lateral free_time(
    doctor.id, work.location_id, asked.during, coalesce(wanted.buffer_before_minutes, 0) * interval '1 minute',
    coalesce(wanted.buffer_after_minutes, 0) * interval '1 minute', as_of, wanted.id
  ) free
  cross join lateral (
    select coalesce(range_agg(claim.during), '{}') as during
    from claims claim
    where claim.resource_id = resource_of_patient(wanted.patient_id)
    and claim.during && asked.during
    and (claim.expires_at is null or claim.expires_at > as_of)
    and (wanted.id is null or claim.appointment_id <> wanted.id)
  ) busy
  cross join lateral (
    select case when exists (select from visit_type_needs where visit_type_id = wanted.visit_type_id) then starts_with_needs(
      wanted.visit_type_id, work.location_id, tstzrange(lower(asked.during), upper(asked.during) - asked.lasting, '[]'),
      asked.lasting, doctor.resource_id, as_of, wanted.id
    ) end as starts
    offset 0
  ) needs
  cross join lateral unnest(free.during - busy.during) piece
  cross join lateral (
    select
      doctor.grid_minutes * interval '1 minute' as grid,
      lower(piece) at time zone location.time_zone as begins
    offset 0
  ) clock
  -- By instants, because clocks that go back show an hour twice.
  cross join lateral generate_series(
    lower(piece)
      + (date_bin(clock.grid, clock.begins + clock.grid - interval '1 microsecond', timestamp '2000-01-01') - clock.begins),
    upper(piece) - asked.lasting,
    clock.grid
  ) start (start_at)
  where needs.starts is null
  or needs.starts @> start.start_at;
end;

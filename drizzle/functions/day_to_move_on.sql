-- The day of a location's doctors as the front desk sees it while it moves an appointment: one row for each doctor to whom it can
-- go, in minutes since midnight on the location's clock. `fits` are the starts at which the whole length fits, `free` and `open`
-- the stretches that are free and in which the doctor works, `taken` what they have.
create or replace function day_to_move_on(
  of_appointment bigint, at_location bigint, on_date date, as_of timestamptz
) returns table (
  doctor_id bigint, doctor text, grid_minutes smallint, fits jsonb, free jsonb, open jsonb, taken jsonb
)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  moved as materialized (
    select
      one.id, one.doctor_id, one.patient_id, one.visit_type_id, one.start_at, one.end_at, one.buffer_before_minutes,
      one.buffer_after_minutes, location.time_zone,
      tstzrange(
        on_date::timestamp at time zone location.time_zone, (on_date + 1)::timestamp at time zone location.time_zone
      ) as day
    from appointments one
    join locations location on location.id = at_location
    where one.id = of_appointment
  )
  select
    doctor.id, doctor.name, doctor.grid_minutes,
    (
      select coalesce(jsonb_agg(minute_of.start order by minute_of.start), '[]')
      from fitting_starts(
        jsonb_populate_record(null::appointments, jsonb_build_object(
          'id', moved.id,
          'doctor_id', doctor.id,
          'location_id', at_location,
          'patient_id', moved.patient_id,
          'visit_type_id', moved.visit_type_id,
          'start_at', moved.start_at,
          'end_at', moved.end_at,
          'buffer_before_minutes', moved.buffer_before_minutes,
          'buffer_after_minutes', moved.buffer_after_minutes
        )),
        tstzrange(lower(moved.day), upper(moved.day) - interval '1 minute'), as_of
      ) fitting
      cross join lateral (
        select (extract(epoch from fitting.start_at at time zone moved.time_zone - on_date::timestamp) / 60)::integer as start
      ) minute_of
      where (doctor.id, fitting.start_at) <> (moved.doctor_id, moved.start_at)
    ),
    (
      select coalesce(jsonb_agg(jsonb_build_array(
        (extract(epoch from lower(piece) at time zone moved.time_zone - on_date::timestamp) / 60)::integer,
        (extract(epoch from upper(piece) at time zone moved.time_zone - on_date::timestamp) / 60)::integer
      ) order by piece), '[]')
      from free_time(
        doctor.id, at_location, tstzrange(greatest(lower(moved.day), least(as_of, upper(moved.day))), upper(moved.day)),
        interval '0', interval '0', as_of, moved.id
      ) free
      cross join unnest(free.during) piece
    ),
    (
      select coalesce(jsonb_agg(jsonb_build_array(
        (extract(epoch from lower(piece) at time zone moved.time_zone - on_date::timestamp) / 60)::integer,
        (extract(epoch from upper(piece) at time zone moved.time_zone - on_date::timestamp) / 60)::integer
      ) order by piece), '[]')
      from open_time(doctor.id, at_location, moved.day) hours
      cross join unnest(hours.during) piece
    ),
    (
      select coalesce(jsonb_agg(jsonb_build_object(
        'appointment_id', other.id,
        'starts', (extract(epoch from other.start_at at time zone moved.time_zone - on_date::timestamp) / 60)::integer,
        'ends', (extract(epoch from other.end_at at time zone moved.time_zone - on_date::timestamp) / 60)::integer,
        'status', other.status,
        'patient', patient.name,
        'visit_type', visit.name
      ) order by other.start_at, other.id), '[]')
      from claims claim
      join appointments other on other.id = claim.appointment_id
      left join patients patient on patient.id = other.patient_id
      left join visit_types visit on visit.id = other.visit_type_id
      where claim.resource_id = doctor.resource_id
      and claim.during && moved.day
      and (claim.expires_at is null or claim.expires_at > as_of)
    )
  from moved
  cross join doctors doctor
  where doctor.is_active
  and exists (select from doctor_locations work where work.doctor_id = doctor.id and work.location_id = at_location)
  and (
    moved.visit_type_id is null
    or doctor.id = moved.doctor_id
    or exists (
      select from doctor_visit_types offer
      where offer.doctor_id = doctor.id
      and offer.visit_type_id = moved.visit_type_id
    )
  )
  order by doctor.name, doctor.id;
end;

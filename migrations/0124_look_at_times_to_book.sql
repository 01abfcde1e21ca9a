-- What there is at a time for which the front desk wants to book or move: whether the doctor works then, until when they are
-- free, their absences and blocks, and what doctor and patient have already, each with the time until which they are taken
-- without a pause. No row for an unknown doctor. `except_for` is the appointment that is being moved.
create or replace function look_at_time(
  of_doctor bigint, at_location bigint, starts text, lasting interval, of_patient bigint, as_of timestamptz, except_for bigint
) returns table (
  start_at timestamptz, start_local text, end_local text, time_zone text, location_id bigint, is_open boolean,
  free_until_local text, absences jsonb, conflicts jsonb
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as materialized (
    select
      doctor.id, doctor.resource_id, location.time_zone, read.start_at,
      tstzrange(read.start_at, read.start_at + lasting) as during,
      coalesce(
        (
          select work.location_id from doctor_locations work
          where work.doctor_id = doctor.id
          and work.location_id = at_location
        ),
        location_at(doctor.id, tstzrange(read.start_at, read.start_at + lasting), null)
      ) as location_id
    from doctors doctor
    join locations location on location.id = doctor.location_id
    cross join lateral (
      select date_trunc('minute', instant_at(starts, location.time_zone)) as start_at
    ) read
    where doctor.id = of_doctor
  ),
  -- Around the time, so that what follows without a pause is seen.
  claimed as materialized (
    select who.part, who.number, claim.appointment_id, claim.during
    from asked
    cross join lateral (
      values ('doctor', 1, asked.resource_id), ('patient', 2, resource_of_patient(of_patient))
    ) who (part, number, resource_id)
    join claims claim
      on claim.resource_id = who.resource_id
      and claim.during && tstzrange(lower(asked.during) - interval '8 hours', upper(asked.during) + interval '12 hours')
    where (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
  ),
  conflict as (
    select distinct on (claimed.number)
      claimed.number, claimed.part, other.id as appointment_id, other.status, other.capacity is not null as is_session,
      patient.name as patient, doctor.name as doctor, visit.name as visit_type,
      to_char(other.start_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      to_char(other.end_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      to_char((
        select upper(piece)
        from (select range_agg(same.during) as together from claimed same where same.part = claimed.part) taken
        cross join unnest(taken.together) piece
        where piece && asked.during
        order by piece
        limit 1
      ) at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI') as until_local
    from asked
    join claimed on claimed.during && asked.during
    join appointments other on other.id = claimed.appointment_id
    join doctors doctor on doctor.id = other.doctor_id
    left join patients patient on patient.id = other.patient_id
    left join visit_types visit on visit.id = other.visit_type_id
    order by claimed.number, lower(claimed.during), other.id
  )
  select
    asked.start_at,
    to_char(asked.start_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    to_char(upper(asked.during) at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    asked.time_zone,
    asked.location_id,
    is_open_time(of_doctor, asked.location_id, asked.during),
    to_char((
      select upper(piece)
      from free_time(
        of_doctor, asked.location_id, tstzrange(asked.start_at, asked.start_at + interval '8 hours'), interval '0',
        interval '0', as_of, except_for
      ) free
      cross join unnest(free.during) piece
      where piece @> asked.start_at
    ) at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    (
      select coalesce(jsonb_agg(jsonb_build_object(
        'kind', off.kind,
        'reason', off.reason,
        'until_local', to_char(off.ends_at, 'YYYY-MM-DD"T"HH24:MI')
      ) order by off.starts_at), '[]')
      from time_off off
      where off.doctor_id = of_doctor
      and (off.location_id is null or off.location_id = asked.location_id)
      and off.starts_at < upper(asked.during) at time zone asked.time_zone
      and off.ends_at > asked.start_at at time zone asked.time_zone
    ),
    (select coalesce(jsonb_agg(to_jsonb(conflict) - 'number' order by conflict.number), '[]') from conflict)
  from asked;
end;
--> statement-breakpoint
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
  select start.local_start at time zone location.time_zone, work.location_id
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
  cross join lateral generate_series(
    date_bin(
      doctor.grid_minutes * interval '1 minute',
      (lower(piece) at time zone location.time_zone) + doctor.grid_minutes * interval '1 minute' - interval '1 microsecond',
      timestamp '2000-01-01'
    ),
    (upper(piece) - asked.lasting) at time zone location.time_zone,
    doctor.grid_minutes * interval '1 minute'
  ) start (local_start)
  where needs.starts is null
  or needs.starts @> (start.local_start at time zone location.time_zone);
end;
--> statement-breakpoint
-- The free times nearest to one that the front desk wanted: three of that doctor, up to two weeks later, and of the others at the
-- location who offer the same the nearest of that day. Without minutes, the visit type sets the length.
-- `except_for` is the appointment that is being moved: it keeps its patient, and the buffers that it has without a visit type.
create or replace function nearest_for_desk(
  of_doctor bigint, at_location bigint, starts text, of_visit_type bigint, minutes integer, of_patient bigint,
  as_of timestamptz, except_for bigint
) returns table (
  doctor_id bigint, doctor text, location_id bigint, time_zone text, start_at timestamptz, end_at timestamptz,
  start_local text, end_local text
)
language sql
stable
rows 6
set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as materialized (
    select
      location.time_zone, read.near, visit.id as visit_type_id,
      coalesce(minutes, visit.minutes, 30) * interval '1 minute' as lasting,
      coalesce(visit.buffer_before_minutes, moved.buffer_before_minutes, 0::smallint) as buffer_before,
      coalesce(visit.buffer_after_minutes, moved.buffer_after_minutes, 0::smallint) as buffer_after,
      coalesce(moved.patient_id, of_patient) as patient_id
    from doctors doctor
    join locations location on location.id = doctor.location_id
    left join visit_types visit on visit.id = of_visit_type
    left join appointments moved on moved.id = except_for
    cross join lateral (select instant_at(starts, location.time_zone) as near) read
    where doctor.id = of_doctor
  ),
  candidate as materialized (
    select one.id, one.name, one.id <> of_doctor as is_other
    from asked
    cross join doctors one
    where one.id = of_doctor
    or one.is_active
    and exists (select from doctor_locations work where work.doctor_id = one.id and work.location_id = at_location)
    and (
      asked.visit_type_id is null
      or exists (
        select from doctor_visit_types offer
        where offer.doctor_id = one.id
        and offer.visit_type_id = asked.visit_type_id
      )
    )
  ),
  near as (
    select
      candidate.*, asked.time_zone, asked.lasting, start.*,
      abs(extract(epoch from start.start_at - asked.near)) as distance,
      row_number() over (
        partition by candidate.is_other
        order by abs(extract(epoch from start.start_at - asked.near)), start.start_at, candidate.id
      ) as place
    from asked
    cross join candidate
    cross join lateral (
      select fitting.start_at, fitting.location_id
      from fitting_starts(
        jsonb_populate_record(null::appointments, jsonb_build_object(
          'id', except_for,
          'doctor_id', candidate.id,
          'location_id', at_location,
          'patient_id', asked.patient_id,
          'visit_type_id', asked.visit_type_id,
          'start_at', asked.near,
          'end_at', asked.near + asked.lasting,
          'buffer_before_minutes', asked.buffer_before,
          'buffer_after_minutes', asked.buffer_after
        )),
        case
          when candidate.is_other then tstzrange(asked.near - interval '4 hours', asked.near + interval '4 hours')
          else tstzrange(asked.near - interval '12 hours', asked.near + interval '14 days')
        end,
        as_of
      ) fitting
      where candidate.is_other
      or fitting.start_at <> asked.near
      order by abs(extract(epoch from fitting.start_at - asked.near)), fitting.start_at
      limit case when candidate.is_other then 1 else 3 end
    ) start
  )
  select
    near.id, near.name, near.location_id, near.time_zone, near.start_at, near.start_at + near.lasting,
    to_char(near.start_at at time zone near.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    to_char((near.start_at + near.lasting) at time zone near.time_zone, 'YYYY-MM-DD"T"HH24:MI')
  from near
  where near.place <= case when near.is_other then 2 else 3 end;
end;
--> statement-breakpoint
-- The next free time after an instant of the doctors at a location, or of one of them: the first that offers the visit type, or with
-- none half an hour, within 60 days. No row when nothing is free.
create or replace function next_free_at(
  at_location bigint, of_doctor bigint, of_visit_type bigint, after timestamptz, as_of timestamptz
) returns table (doctor_id bigint, start_at timestamptz, start_local text)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.id, next.start_at,
    to_char(next.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI')
  from doctor_locations work
  join doctors doctor on doctor.id = work.doctor_id and doctor.is_active
  join locations location on location.id = work.location_id and location.is_active
  left join visit_types visit on visit.id = of_visit_type
  -- A week at first, because most clinics have something free in it.
  cross join lateral (
    select start.start_at
    from (values (0, 7), (7, 60)) days (since, until)
    cross join lateral fitting_starts(
      jsonb_populate_record(null::appointments, jsonb_build_object(
        'doctor_id', doctor.id,
        'location_id', at_location,
        'visit_type_id', visit.id,
        'start_at', after,
        'end_at', after + coalesce(visit.minutes, 30) * interval '1 minute',
        'buffer_before_minutes', coalesce(visit.buffer_before_minutes, 0),
        'buffer_after_minutes', coalesce(visit.buffer_after_minutes, 0)
      )),
      tstzrange(after + days.since * interval '1 day', after + days.until * interval '1 day'),
      as_of
    ) start
    where start.start_at > after
    order by start.start_at
    limit 1
  ) next
  where work.location_id = at_location
  and (of_doctor is null or doctor.id = of_doctor)
  and (
    visit.id is null
    or exists (select from doctor_visit_types offer where offer.doctor_id = doctor.id and offer.visit_type_id = visit.id)
  )
  order by next.start_at, doctor.id
  limit 1;
end;
--> statement-breakpoint
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

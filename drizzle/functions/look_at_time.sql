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
    is_open_to_desk(of_doctor, asked.location_id, asked.during),
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

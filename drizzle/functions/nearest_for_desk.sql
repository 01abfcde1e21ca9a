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

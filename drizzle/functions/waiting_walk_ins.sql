-- Who waits at a location today without an appointment, by number, and when it is likely their turn: the first free time of
-- their doctor, or of any doctor there who offers the visit type, that nobody with a lower number is expected to take. Null
-- when nothing is free today any more. What is expected is promised to nobody.
--
-- The free times are looked up once for each doctor and visit type that somebody waits for.
create or replace function waiting_walk_ins(at_location bigint, as_of timestamptz) returns table (
  id bigint, number integer, ahead integer, patient_id bigint, patient text, visit_type_id bigint, visit_type text,
  doctor_id bigint, doctor text, came_at timestamptz, came_local text, expected_at timestamptz, expected_local text,
  expected_doctor_id bigint, expected_doctor text
)
language sql
stable
rows 10
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with recursive
  here as materialized (
    select
      location.time_zone,
      local_day(as_of, location.time_zone) as today,
      (as_of at time zone location.time_zone)::date as date
    from locations location
    where location.id = at_location
  ),
  waiting as materialized (
    select (row_number() over (order by one.number))::integer as place, one.*
    from here
    join walk_ins one on one.location_id = at_location and one.day = here.date
    where walk_in_waits(one)
  ),
  free as materialized (
    select asked.visit_type_id, asked.doctor_id, slot.start_at, tstzrange(
      slot.start_at - visit.buffer_before_minutes * interval '1 minute',
      slot.end_at + visit.buffer_after_minutes * interval '1 minute'
    ) as during
    from here
    cross join (
      select distinct one.visit_type_id, offer.doctor_id
      from waiting one
      join doctor_visit_types offer
        on offer.visit_type_id = one.visit_type_id
        and (one.doctor_id is null or offer.doctor_id = one.doctor_id)
    ) asked
    join visit_types visit on visit.id = asked.visit_type_id
    cross join lateral open_slots(
      asked.doctor_id, at_location, asked.visit_type_id, here.today * tstzrange(as_of, null), true, as_of, null
    ) slot
  ),
  expected (place, start_at, doctor_id, doctors, taken) as (
    select 0, null::timestamptz, null::bigint, '{}'::bigint[], '{}'::tstzrange[]
    union all
    select
      one.place, best.start_at, best.doctor_id, expected.doctors || best.doctor_id, expected.taken || best.during
    from expected
    join waiting one on one.place = expected.place + 1
    left join lateral (
      select free.*
      from free
      where free.visit_type_id = one.visit_type_id
      and (one.doctor_id is null or free.doctor_id = one.doctor_id)
      and not exists (
        select from unnest(expected.doctors, expected.taken) before (doctor_id, during)
        where before.doctor_id = free.doctor_id
        and before.during && free.during
      )
      order by free.start_at, free.doctor_id
      limit 1
    ) best on true
  )
  select
    one.id, one.number, one.place - 1, one.patient_id, patient.name, one.visit_type_id, visit.name,
    one.doctor_id, doctor.name,
    one.came_at, to_char(one.came_at at time zone here.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    expected.start_at, to_char(expected.start_at at time zone here.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    expected.doctor_id, other.name
  from here
  cross join waiting one
  join expected on expected.place = one.place
  join patients patient on patient.id = one.patient_id
  join visit_types visit on visit.id = one.visit_type_id
  left join doctors doctor on doctor.id = one.doctor_id
  left join doctors other on other.id = expected.doctor_id
  order by one.number;
end;

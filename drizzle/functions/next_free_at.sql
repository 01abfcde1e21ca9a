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

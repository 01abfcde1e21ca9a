-- Everything on the page of the day, in one answer: some days in a row at a location, from a local date on or from today.
-- Seven days are the week from its Monday. Without a location it is the first that the person may see; null when they may
-- not see it. Doctors see themselves alone, unless the clinic lets them see one another. Times are minutes since 1970.
create or replace function read_day(
  at_location bigint, first_on date, days integer, of_doctor bigint, by_room boolean, with_cancelled boolean, acting acting
) returns json
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  place as (
    select
      seen.*, (acting.as_of at time zone seen.time_zone)::date as today,
      rights.is_alone, case when rights.is_alone then acting.doctor_id else of_doctor end as only_doctor
    from places_of_staff(acting) seen
    cross join clinic_settings settings
    cross join lateral (select not (acting.by_desk or settings.doctors_see_one_another) as is_alone) rights
    where seen.id = coalesce(at_location, seen.id)
    order by seen.id
    limit 1
  ),
  clock as (
    select
      json_agg(clock_of_day(day.day, day.begins_at, day.ends_at, day.changes_at, day.shift, place.time_zone) order by day.day) as days,
      tstzrange(min(day.begins_at), max(day.ends_at)) as during
    from place
    cross join lateral (select coalesce(first_on, place.today) as first_on) asked
    cross join lateral days_from(
      asked.first_on - case when days = 7 then extract(isodow from asked.first_on)::integer - 1 else 0 end,
      days, place.time_zone
    ) day
  ),
  shown as (
    select appointments_on_days(place.id, clock.during, place.only_doctor, with_cancelled, acting.as_of) as ids
    from place, clock
    offset 0
  )
  select json_build_object(
    'location', json_build_object('id', place.id, 'name', place.name, 'time_zone', place.time_zone),
    'locations', (
      select json_agg(json_build_object('id', seen.id, 'name', seen.name) order by seen.name, seen.id)
      from places_of_staff(acting) seen
    ),
    'today', (
      select clock_of_day(day.day, day.begins_at, day.ends_at, day.changes_at, day.shift, place.time_zone)
      from days_from(place.today, 1, place.time_zone) day
    ),
    'now', epoch_minutes(acting.as_of),
    'days', clock.days,
    'closures', (
      select coalesce(json_agg(json_build_object(
        'id', closure.id, 'name', closure.reason,
        'start', epoch_minutes(closure.starts_at at time zone place.time_zone),
        'end', epoch_minutes(closure.ends_at at time zone place.time_zone), 'returns_on', closure.ends_at::date
      ) order by closure.starts_at), '[]')
      from closures closure
      where closure.location_id = place.id
      and closure.ends_at at time zone place.time_zone > lower(clock.during)
      and closure.starts_at at time zone place.time_zone < upper(clock.during)
    ),
    'doctors', doctors_on_days(
      place.id, clock.during, place.only_doctor,
      array(select distinct one.doctor_id from appointments one where one.id = any (shown.ids)), acting.as_of
    ),
    'colleagues', (
      select coalesce(json_agg(json_build_object(
        'id', doctor.id, 'name', doctor.name, 'specialty', doctor.specialty
      ) order by doctor.name, doctor.id), '[]')
      from doctor_locations work
      join doctors doctor on doctor.id = work.doctor_id
      where work.location_id = place.id
      and doctor.is_active
      and (not place.is_alone or doctor.id = acting.doctor_id)
    ),
    'rooms', case when by_room then rooms_on_days(place.id, clock.during, acting.as_of) else '[]' end,
    'room_names', (
      select coalesce(json_object_agg(room.id, room.name), '{}')
      from resources room
      where room.location_id = place.id
      and room.type = 'room'
    ),
    'appointments', describe_on_day(shown.ids, acting.as_of),
    'walk_ins', (
      select coalesce(json_agg(walk_in order by walk_in.number), '[]')
      from waiting_walk_ins(place.id, acting.as_of) walk_in
      where not place.is_alone
      or coalesce(walk_in.doctor_id, walk_in.expected_doctor_id) = acting.doctor_id
    ),
    'notes', (
      select coalesce(json_agg(note), '[]')
      from notes_of_day(place.id, acting.as_of) note
    ),
    'just_left', (
      select coalesce(json_agg(json_build_object(
        'id', gone.id, 'number', gone.number, 'patient', patient.name
      ) order by gone.number), '[]')
      from walk_ins gone
      join patients patient on patient.id = gone.patient_id
      where gone.location_id = place.id
      and gone.day = place.today
      and gone.left_at > acting.as_of - interval '10 minutes'
      and not place.is_alone
    ),
    'just_cleared', (
      select coalesce(json_agg(json_build_object('id', note.id, 'text', note.text) order by note.id), '[]')
      from day_notes note
      where note.location_id = place.id
      and note.expires_at > acting.as_of
      and note.cleared_at > acting.as_of - interval '10 minutes'
    ),
    'stranded_count', count_stranded(place.id, acting.as_of),
    'alerts', (
      select json_build_object(
        'late', settings.late_alert_minutes, 'waiting', settings.waiting_alert_minutes,
        'with_doctor', settings.with_doctor_alert_minutes
      )
      from clinic_settings settings
    )
  )
  from place, clock, shown;
end;

-- The ids of the appointments that a doctor takes part in at any of this time, as their doctor or as a colleague, wherever
-- they are. Holds that still run are among them; what was cancelled is not. Whoever is here now always is.
create or replace function own_appointments(of_doctor bigint, within tstzrange, as_of timestamptz) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select array(
    select own.id
    from appointments own
    where own.doctor_id = of_doctor
    -- No appointment is longer than eight hours.
    and own.start_at > lower(within) - interval '8 hours'
    and own.start_at < upper(within)
    and own.end_at > lower(within)
    and own.status <> 'cancelled'
    and (own.status <> 'pending' or own.hold_expires_at > as_of)
    union
    select one.id
    from claims claim
    join appointments one on one.id = claim.appointment_id
    where claim.resource_id = (select resource_id from doctors where id = of_doctor)
    and claim.during && within
    and claim.part = 'colleague'
    and claim.doctor_id = of_doctor
    and one.status <> 'cancelled'
    union
    select here.id
    from appointments here
    where here.doctor_id = of_doctor
    and here.status = 'arrived'
    and here.start_at > as_of - interval '24 hours'
    and here.start_at < as_of + interval '24 hours'
  );
end;
--> statement-breakpoint
-- The first date after this one, within ten weeks, on which a doctor works or has an appointment; null if there is none.
create or replace function next_day_of(of_doctor bigint, after date, time_zone text, as_of timestamptz) returns date
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with coming as (
    select tstzrange(
      (after + 1)::timestamp at time zone time_zone, (after + 71)::timestamp at time zone time_zone
    ) as during
  )
  select (least(
    (
      select min(lower(open.during))
      from coming
      join doctor_locations work on work.doctor_id = of_doctor
      cross join lateral open_time(of_doctor, work.location_id, coming.during) open
      where not isempty(open.during)
    ),
    (
      select min(own.start_at)
      from coming
      join appointments own on own.doctor_id = of_doctor
      where own.start_at >= lower(coming.during)
      and own.start_at < upper(coming.during)
      and own.status = 'booked'
    )
  ) at time zone time_zone)::date;
end;
--> statement-breakpoint
-- What a doctor sees of their own days, in one answer: like `read_day`, but at all their locations and of nobody else. Also:
-- when they see patients on each day, their time off to come, and their next day with its first appointments, so that a day
-- off is never an empty page. Null for whoever is no doctor.
create or replace function read_own_day(first_on date, days integer, acting acting) returns json
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  place as (
    select
      location.id, location.name, location.time_zone, doctor.id as doctor_id, doctor.name as doctor,
      (acting.as_of at time zone location.time_zone)::date as today
    from doctors doctor
    join locations location on location.id = doctor.location_id
    where doctor.id = acting.doctor_id
  ),
  clock as (
    select
      day.day, day.begins_at, day.ends_at,
      clock_of_day(day.day, day.begins_at, day.ends_at, day.changes_at, day.shift, place.time_zone) as described
    from place
    cross join lateral (select coalesce(first_on, place.today) as first_on) asked
    cross join lateral days_from(
      asked.first_on - case when days = 7 then extract(isodow from asked.first_on)::integer - 1 else 0 end,
      days, place.time_zone
    ) day
  ),
  shown as (
    select
      max(clock.day) as last_day, next_day_of(place.doctor_id, max(clock.day), place.time_zone, acting.as_of) as next_day,
      own_appointments(place.doctor_id, tstzrange(min(clock.begins_at), max(clock.ends_at)), acting.as_of) as ids
    from place, clock
    group by place.doctor_id, place.time_zone
  ),
  works as (
    select location.id, location.name
    from doctor_locations work
    join locations location on location.id = work.location_id
    where work.doctor_id = acting.doctor_id
  )
  select json_build_object(
    'location', json_build_object('id', place.id, 'name', place.name, 'time_zone', place.time_zone),
    'locations', (select coalesce(json_agg(works order by works.name, works.id), '[]') from works),
    'today', (
      select clock_of_day(day.day, day.begins_at, day.ends_at, day.changes_at, day.shift, place.time_zone)
      from days_from(place.today, 1, place.time_zone) day
    ),
    'now', epoch_minutes(acting.as_of),
    'days', (select json_agg(clock.described order by clock.day) from clock),
    'doctors', (
      select json_agg(json_build_object('id', doctor.id, 'name', doctor.name))
      from doctors doctor
      where doctor.id = place.doctor_id
      or doctor.id = any (array(select one.doctor_id from appointments one where one.id = any (shown.ids)))
    ),
    'room_names', (
      select coalesce(json_object_agg(room.id, case when many.are_many then room.name || ', ' || works.name else room.name end), '{}')
      from works
      join resources room on room.location_id = works.id and room.type = 'room'
      cross join (select count(*) > 1 as are_many from works) many
    ),
    'appointments', describe_on_day(shown.ids, acting.as_of),
    'alerts', (
      select json_build_object(
        'late', settings.late_alert_minutes, 'waiting', settings.waiting_alert_minutes,
        'with_doctor', settings.with_doctor_alert_minutes
      )
      from clinic_settings settings
    ),
    'hours', (
      select json_agg(json_build_object('date', clock.day, 'during', (
        select ranges_in_minutes(coalesce(range_agg(piece), '{}'))
        from works
        cross join lateral open_time(place.doctor_id, works.id, tstzrange(clock.begins_at, clock.ends_at)) open
        cross join lateral unnest(open.during) piece
      )) order by clock.day)
      from clock
    ),
    'time_off', (
      select coalesce(json_agg(off order by off.starts_local, off.id), '[]')
      from (
        select
          off.id, off.kind, off.reason as name, to_char(off.starts_at, 'YYYY-MM-DD"T"HH24:MI') as starts_local,
          to_char(off.ends_at, 'YYYY-MM-DD"T"HH24:MI') as ends_local
        from time_off off
        where off.doctor_id = place.doctor_id
        and off.ends_at > acting.as_of at time zone place.time_zone
        order by off.starts_at, off.id
        limit 5
      ) off
    ),
    'own_notes', (
      select coalesce(json_object_agg(one.id, one.note), '{}')
      from appointments one
      where one.id = any (shown.ids)
      and one.note is not null
    ),
    'next_day', (
      select clock_of_day(day.day, day.begins_at, day.ends_at, day.changes_at, day.shift, place.time_zone)
      from days_from(shown.next_day, 1, place.time_zone) day
      where shown.next_day is not null
    ),
    'next_appointments', (
      select describe_on_day(coalesce((array_agg(one.id order by one.start_at, one.id))[1:5], '{}'), acting.as_of)
      from appointments one
      where one.id = any (own_appointments(
        place.doctor_id,
        tstzrange(
          shown.next_day::timestamp at time zone place.time_zone, (shown.next_day + 1)::timestamp at time zone place.time_zone
        ),
        acting.as_of
      ))
      and shown.next_day is not null
      and one.start_at >= shown.next_day::timestamp at time zone place.time_zone
    )
  )
  from place, shown;
end;

-- The ids of the appointments at a location that the day view shows: at any of this time, with holds that still run, and
-- cancelled ones only when they are asked for or as long as the patient has not been told. A participant of a session has a
-- row, too. Whoever is here now is always among them. `of_doctor` keeps those that the doctor takes part in.
create or replace function appointments_on_days(
  at_location bigint, within tstzrange, of_doctor bigint, with_cancelled boolean, as_of timestamptz
) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select array(
    select one.id
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    -- No appointment is longer than eight hours.
    where one.start_at > lower(within) - interval '8 hours'
    and one.start_at < upper(within)
    and one.end_at > lower(within)
    and coalesce(one.location_id, doctor.location_id) = at_location
    and (of_doctor is null or of_doctor = one.doctor_id or exists (
      select from claims claim
      where claim.appointment_id = one.id
      and claim.doctor_id = of_doctor
    ))
    and case one.status
      when 'pending' then one.hold_expires_at > as_of
      when 'cancelled' then one.hold_expires_at is null and (with_cancelled or exists (
        select from outbox waiting
        where waiting.appointment_id = one.id
        and waiting.ready_at > as_of
      ))
      else true
    end
    union
    select one.id
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    where one.status = 'arrived'
    and one.start_at > as_of - interval '24 hours'
    and one.start_at < as_of + interval '24 hours'
    and coalesce(one.location_id, doctor.location_id) = at_location
    and (of_doctor is null or of_doctor = one.doctor_id)
  );
end;
--> statement-breakpoint
-- How many of a patient's last five appointments before this time they kept and missed.
create or replace function attendance_before(of_patient bigint, before_at timestamptz)
returns table (kept integer, missed integer)
language sql
stable
begin atomic
  select
    count(*) filter (where last.status <> 'noshow')::integer,
    count(*) filter (where last.status = 'noshow')::integer
  from (
    select one.status
    from appointments one
    where one.patient_id = of_patient
    and one.start_at < before_at
    and one.status in ('arrived', 'fulfilled', 'noshow')
    order by one.start_at desc
    limit 5
  ) last;
end;
--> statement-breakpoint
-- Local days in a row: when each begins and ends and, when clocks change on it, from which instant on they show how much
-- more. A midnight that a gap skips is read as in `open_time`, so a day may begin at one o'clock.
create or replace function days_from(first_on date, days integer, time_zone text) returns table (
  day date, begins_at timestamptz, ends_at timestamptz, changes_at timestamptz, shift interval
)
language sql
stable
begin atomic
  select clock.day, clock.begins_at, clock.ends_at, change.at, change.shift
  from generate_series(0, days - 1) number
  cross join lateral (
    select
      first_on + number as day,
      (first_on + number)::timestamp at time zone time_zone as begins_at,
      (first_on + number + 1)::timestamp at time zone time_zone as ends_at
    offset 0
  ) clock
  left join lateral (
    select quarter.at, shown.ahead - (quarter.at - clock.begins_at) as shift
    from generate_series(clock.begins_at, clock.ends_at, interval '15 minutes') quarter (at)
    cross join lateral (
      select (quarter.at at time zone time_zone) - (clock.begins_at at time zone time_zone) as ahead
    ) shown
    where clock.ends_at - clock.begins_at <> interval '24 hours'
    and quarter.at < clock.ends_at
    and shown.ahead <> quarter.at - clock.begins_at
    order by quarter.at
    limit 1
  ) change on true;
end;
--> statement-breakpoint
-- An instant as minutes since 1970: in JSON a third as long as a date, and read at once.
create or replace function epoch_minutes(at timestamptz) returns integer
language sql
immutable
parallel safe
return floor(date_part('epoch', at) / 60)::integer;
--> statement-breakpoint
-- Ranges of time as pairs of minutes since 1970, in order. They must be bounded.
create or replace function ranges_in_minutes(during tstzmultirange) returns json
language sql
immutable
return (
  select coalesce(json_agg(json_build_array(epoch_minutes(lower(piece)), epoch_minutes(upper(piece)))), '[]')
  from unnest(during) piece
);
--> statement-breakpoint
-- The rooms of a location with their time on these days, as minutes since 1970: when they can be used, why they cannot, and
-- when they are free from now on.
create or replace function rooms_on_days(at_location bigint, within tstzrange, as_of timestamptz) returns json
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(json_agg(json_build_object(
    'id', room.id, 'name', room.name, 'kind', room.kind,
    'open', ranges_in_minutes(open.during),
    'off', (
      select coalesce(json_agg(json_build_object(
        'id', absence.id, 'name', absence.reason,
        'start', epoch_minutes(absence.starts_at at time zone location.time_zone),
        'end', epoch_minutes(absence.ends_at at time zone location.time_zone), 'returns_on', absence.ends_at::date
      ) order by absence.starts_at), '[]')
      from resource_absences absence
      where absence.resource_id = room.id
      and absence.ends_at at time zone location.time_zone > lower(within)
      and absence.starts_at at time zone location.time_zone < upper(within)
    ),
    'free', ranges_in_minutes((open.during - taken.during) * tstzmultirange(
      tstzrange(greatest(lower(within), as_of), greatest(upper(within), as_of))
    ))
  ) order by room.sort_order, room.id), '[]')
  from resources room
  join locations location on location.id = room.location_id
  cross join lateral open_time_of_resource(room.id, within) open
  cross join lateral (
    select coalesce(range_agg(claim.during), '{}') as during
    from claims claim
    where claim.resource_id = room.id
    and claim.during && within
    and (claim.expires_at is null or claim.expires_at > as_of)
  ) taken
  where room.location_id = at_location
  and room.type = 'room'
  and room.is_active;
end;
--> statement-breakpoint
-- A row of `days_from` for JSON: in minutes since 1970, and its first minute on the clock, which a gap at midnight moves.
create or replace function clock_of_day(
  day date, begins_at timestamptz, ends_at timestamptz, changes_at timestamptz, shift interval, time_zone text
) returns json
language sql
stable
return json_build_object(
  'date', day, 'start', epoch_minutes(begins_at), 'end', epoch_minutes(ends_at),
  'first_minute', extract(epoch from (begins_at at time zone time_zone)::time)::integer / 60,
  'changes', epoch_minutes(changes_at), 'shift', coalesce(extract(epoch from shift)::integer / 60, 0)
);
--> statement-breakpoint
-- Appointments as the day view shows them, in order of their start, with the facts that its badges say. Times are minutes
-- since 1970; what is null is left out.
create or replace function describe_on_day(ids bigint[], as_of timestamptz) returns json
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select coalesce(json_agg(json_strip_nulls(row_to_json(described)) order by described.start, described.id), '[]')
  from (
    select
      one.id, one.event_count as version, one.status,
      epoch_minutes(one.start_at) as start, epoch_minutes(one.end_at) as end,
      one.doctor_id, one.patient_id, patient.name as patient, visit.name as visit_type,
      epoch_minutes(one.arrived_at) as arrived, epoch_minutes(one.started_at) as started,
      epoch_minutes(one.hold_expires_at) as hold_expires, nullif(one.awaits_approval, false) as awaits_approval,
      one.capacity, one.session_id, one.series_id,
      case when one.capacity is not null then places_taken(one.id, as_of) end as places_taken,
      nullif(one.note is not null, false) as has_note,
      nullif(one.override_reason is not null, false) as is_override,
      nullif(response.appointment_id is not null, false) as is_confirmed,
      nullif(before.kept, 0) as kept, nullif(before.missed, 0) as missed,
      flags.named as flags, walk_in.number as walk_in_number,
      taken.rooms, taken.colleagues,
      case when one.status = 'booked' and one.start_at < as_of then patient.phone end as phone,
      last.marked, last.marked_by, last.told
    from unnest(ids) asked (id)
    join appointments one on one.id = asked.id
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    left join appointment_responses response
      on response.appointment_id = one.id
      and response.patient_id = one.patient_id
      and response.start_at = one.start_at
    left join walk_ins walk_in on walk_in.appointment_id = one.id
    left join lateral attendance_before(one.patient_id, one.start_at) before on true
    left join lateral (
      select json_agg(flag.flag order by flag.flag) as named
      from patient_flags flag
      where flag.patient_id = one.patient_id
    ) flags on true
    left join lateral (
      select
        json_agg(claim.resource_id) filter (where claim.part = 'room') as rooms,
        json_agg(claim.doctor_id) filter (where claim.part = 'colleague') as colleagues
      from claims claim
      where claim.appointment_id = coalesce(one.session_id, one.id)
    ) taken on true
    -- Who marked it, and until when that can still be undone before the patient is told.
    left join lateral (
      select
        epoch_minutes(event.at) as marked, account.name as marked_by,
        (
          select epoch_minutes(max(waiting.ready_at))
          from outbox waiting
          where waiting.appointment_id = one.id
          and waiting.ready_at > as_of
        ) as told
      from events event
      left join accounts account on account.id = event.account_id
      where event.appointment_id = one.id
      and event.number = one.event_count
      and one.status in ('noshow', 'cancelled')
    ) last on true
  ) described;
end;
--> statement-breakpoint
-- The first time from then on, on one of the next thirty days, at which a doctor has their shortest slot free at a
-- location; null when there is none. Days are looked at one after another, because mostly one of the first has it.
create or replace function next_free_of(of_doctor bigint, at_location bigint, from_at timestamptz, as_of timestamptz)
returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select lower(piece.during)
  from doctors doctor
  cross join generate_series(0, 29) day
  cross join lateral free_time(
    of_doctor, at_location,
    tstzrange(from_at + day * interval '24 hours', from_at + (day + 1) * interval '24 hours'),
    interval '0', interval '0', as_of, null
  ) free
  cross join lateral unnest(free.during) piece (during)
  where doctor.id = of_doctor
  and upper(piece.during) - lower(piece.during) >= doctor.grid_minutes * interval '1 minute'
  order by day, lower(piece.during)
  limit 1;
end;
--> statement-breakpoint
-- The locations at which this person may see the day: the front desk at all that are in use, doctors where they work,
-- patients nowhere. This is the one place that decides it for the day view.
create or replace function places_of_staff(acting acting) returns table (id bigint, name text, time_zone text)
language sql
stable
begin atomic
  select location.id, location.name, location.time_zone
  from locations location
  where location.is_active
  and (
    acting.by_desk
    or exists (
      select from doctor_locations work
      where work.doctor_id = acting.doctor_id
      and work.location_id = location.id
    )
  );
end;
--> statement-breakpoint
-- The doctors at a location with their time on these days, as minutes since 1970: their weekly hours, what is taken out of
-- them, and what is free from now on, for an appointment without buffers. Whoever has nothing free has `next_free`.
-- `also` are doctors who do not work there any more, but have appointments.
create or replace function doctors_on_days(
  at_location bigint, within tstzrange, of_doctor bigint, also bigint[], as_of timestamptz
) returns json
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(json_agg(json_build_object(
    'id', doctor.id, 'name', doctor.name, 'specialty', doctor.specialty, 'grid_minutes', doctor.grid_minutes,
    'is_active', doctor.is_active,
    'hours', ranges_in_minutes(hours.during),
    'off', (
      select coalesce(json_agg(json_build_object(
        'id', off.id, 'kind', off.kind, 'name', case when off.kind <> 'away' then off.reason end,
        'start', epoch_minutes(clock.leaves_at), 'end', epoch_minutes(clock.returns_at),
        'returns_on', off.ends_at::date
      ) order by off.starts_at, off.id), '[]')
      from time_off off
      cross join lateral (
        select
          off.starts_at at time zone location.time_zone as leaves_at,
          off.ends_at at time zone location.time_zone as returns_at
      ) clock
      where off.doctor_id = doctor.id
      and (off.location_id is null or off.location_id = at_location)
      and clock.returns_at > lower(within)
      and clock.leaves_at < upper(within)
    ),
    'free', ranges_in_minutes(free.during),
    'next_free', case when isempty(free.during) then (
      select to_char(next.at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI')
      from next_free_of(doctor.id, at_location, greatest(upper(within), as_of), as_of) next (at)
    ) end
  ) order by doctor.name, doctor.id), '[]')
  from doctors doctor
  join locations location on location.id = at_location
  cross join lateral hours_of_doctor(doctor.id, at_location, within) hours
  cross join lateral (
    select coalesce((
      select free.during
      from free_time(
        doctor.id, at_location, tstzrange(greatest(lower(within), as_of), upper(within)), interval '0', interval '0', as_of,
        null
      ) free
      where upper(within) > as_of
    ), '{}') as during
    offset 0
  ) free
  where doctor.id = any (array(
    select work.doctor_id from doctor_locations work where work.location_id = at_location
    union
    select unnest(also)
  ))
  and (doctor.is_active or doctor.id = any (also))
  and (of_doctor is null or doctor.id = of_doctor);
end;
--> statement-breakpoint
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

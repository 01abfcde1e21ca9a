-- Whether a walk-in still waits for a time: they did not leave, and have no appointment, or theirs was cancelled again.
create or replace function walk_in_waits(one walk_ins) returns boolean
language sql
stable
return one.left_at is null and (
  one.appointment_id is null
  or exists (select from appointments where id = one.appointment_id and status = 'cancelled')
);
--> statement-breakpoint
-- Books what a walk-in waits for, and checks them in, all or nothing: `begin_appointment` judges it and answers. Without a
-- doctor it is theirs or, when any will do, whoever is free then. Fails with AL410 when nobody waits with that number any more.
--
-- Runs with the owner's rights, as `begin_appointment` does. `pg_temp` comes last, or a caller's temporary tables would
-- stand in for the clinic's.
create or replace function book_walk_in(of_walk_in bigint, wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  waiting walk_ins;
  answers jsonb;
begin
  perform require_authority(acting);
  select one.* into waiting
  from walk_ins one
  join places_of_staff(acting) seen on seen.id = one.location_id
  where one.id = of_walk_in;
  if waiting.id is null then
    raise exception 'There is no such walk-in.' using errcode = 'AL410';
  end if;
  wanted.patient_id := waiting.patient_id;
  wanted.visit_type_id := waiting.visit_type_id;
  wanted.doctor_id := coalesce(wanted.doctor_id, waiting.doctor_id);
  wish.location_id := waiting.location_id;
  answers := begin_appointment(wanted, wish, acting);
  if answers #>> '{0,0,id}' is null and walk_in_waits(waiting) then
    return answers;
  end if;
  update walk_ins one
  set appointment_id = (answers #>> '{0,0,id}')::bigint
  where one.id = waiting.id
  and walk_in_waits(one);
  if not found then
    raise exception 'They do not wait any more.' using errcode = 'AL410';
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Notes that a walk-in left without being seen, or takes that back. Answers with the row as it is then, or nothing when there
-- is none. It was not done when they have an appointment by now, or have another number since.
create or replace function leave_walk_in(of_walk_in bigint, leaves boolean, acting acting)
returns table (id bigint, location_id bigint, number integer, is_done boolean, is_changed boolean)
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  one walk_ins;
  changes boolean;
begin
  select walk_in.* into one
  from walk_ins walk_in
  join places_of_staff(acting) seen on seen.id = walk_in.location_id
  where walk_in.id = of_walk_in
  for update of walk_in;
  if one.id is null then
    return;
  end if;
  changes := case when leaves then walk_in_waits(one) else one.left_at is not null and not exists (
    select from walk_ins other
    where other.location_id = one.location_id
    and other.day = one.day
    and other.patient_id = one.patient_id
    and other.id <> one.id
    and walk_in_waits(other)
  ) end;
  if changes then
    update walk_ins set left_at = case when leaves then acting.as_of end, appointment_id = null
    where walk_ins.id = one.id
    returning * into one;
  end if;
  return query select one.id, one.location_id, one.number, (one.left_at is not null) = leaves, changes;
end
$$;
--> statement-breakpoint
-- What a walk-in can be given at a location, or else at the person's first: its visit types, without groups, and its doctors.
create or replace function walk_in_choices(at_location bigint, acting acting)
returns table (location jsonb, locations jsonb, visit_types jsonb, doctors jsonb)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  seen as materialized (
    select place.id, place.name
    from places_of_staff(acting) place
  ),
  here as materialized (
    select *
    from seen
    where seen.id = coalesce(at_location, seen.id)
    order by seen.id
    limit 1
  ),
  doctor as materialized (
    select one.id, one.name
    from here
    join doctor_locations work on work.location_id = here.id
    join doctors one on one.id = work.doctor_id
    where one.is_active
  )
  select
    (select to_jsonb(here) from here),
    (select coalesce(jsonb_agg(to_jsonb(seen) order by seen.name, seen.id), '[]') from seen),
    (
      select coalesce(jsonb_agg(
        jsonb_build_object('id', visit.id, 'name', visit.name, 'minutes', visit.minutes) order by visit.name
      ), '[]')
      from visit_types visit
      where visit.is_active
      and visit.capacity is null
      and exists (
        select
        from doctor_visit_types offer
        join doctor on doctor.id = offer.doctor_id
        where offer.visit_type_id = visit.id
      )
    ),
    (select coalesce(jsonb_agg(to_jsonb(doctor) order by doctor.name, doctor.id), '[]') from doctor);
end;
--> statement-breakpoint
-- Gives someone who came without an appointment the next number of the day at a location, or says why not: `already_waiting`
-- comes with the number that they have. Call it after taking turns at that location: then there is no gap and no number twice.
create or replace function add_walk_in(wanted walk_ins, acting acting)
returns table (verdict text, id bigint, number integer)
language sql
volatile
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  here as materialized (
    select seen.id, (acting.as_of at time zone seen.time_zone)::date as day
    from places_of_staff(acting) seen
    where seen.id = wanted.location_id
  ),
  patient as materialized (
    select record.id, record.is_active
    from patients named
    join patients record on record.id = coalesce(named.moved_to_id, named.id)
    where named.id = wanted.patient_id
    and record.erased_at is null
  ),
  waiting as materialized (
    select one.id, one.number
    from here
    join walk_ins one on one.location_id = here.id and one.day = here.day
    where one.patient_id = (select patient.id from patient)
    and walk_in_waits(one)
    limit 1
  ),
  judged as materialized (
    select case
      when not exists (select from here) then 'no_location'
      when not exists (select from patient) then 'no_patient'
      when not exists (select from patient where patient.is_active) then 'patient_inactive'
      when not exists (
        select
        from doctor_visit_types offer
        join doctors doctor on doctor.id = offer.doctor_id and doctor.is_active
        join doctor_locations work on work.doctor_id = doctor.id and work.location_id = wanted.location_id
        join visit_types visit on visit.id = offer.visit_type_id and visit.is_active and visit.capacity is null
        where offer.visit_type_id = wanted.visit_type_id
        and (wanted.doctor_id is null or offer.doctor_id = wanted.doctor_id)
      ) then 'not_offered'
      when exists (select from waiting) then 'already_waiting'
    end as verdict
  ),
  added as (
    insert into walk_ins (location_id, day, number, patient_id, doctor_id, visit_type_id, came_at, added_by)
    select
      here.id, here.day,
      (
        select coalesce(max(before.number), 0) + 1
        from walk_ins before
        where before.location_id = here.id
        and before.day = here.day
      ),
      patient.id, wanted.doctor_id, wanted.visit_type_id, acting.as_of, acting.account_id
    from judged
    cross join here
    cross join patient
    where judged.verdict is null
    returning walk_ins.id, walk_ins.number
  )
  select judged.verdict, coalesce(added.id, waiting.id), coalesce(added.number, waiting.number)
  from judged
  left join added on true
  left join waiting on judged.verdict = 'already_waiting';
end;
--> statement-breakpoint
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
--> statement-breakpoint
-- A walk-in with their place in the queue: how many are ahead and when it is likely their turn, while they wait; otherwise what
-- became of them. Whoever is not the clinic's may see it without the names.
create or replace function describe_walk_in(of_walk_in bigint, as_of timestamptz) returns table (
  id bigint, number integer, state text, ahead integer, expected_local text, expected_doctor_id bigint,
  expected_doctor text, now_local text, came_local text, location_id bigint, location text, visit_type_id bigint,
  visit_type text, doctor_id bigint, doctor text, patient_id bigint, patient text, appointment_id bigint
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select
    one.id, one.number,
    case
      when one.day <> (as_of at time zone location.time_zone)::date then 'over'
      when one.left_at is not null then 'left'
      when walk_in_waits(one) then 'waiting'
      else 'booked'
    end,
    waiting.ahead,
    case
      when waiting.number is not null then waiting.expected_local
      else to_char(appointment.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI')
    end,
    coalesce(waiting.expected_doctor_id, appointment.doctor_id),
    coalesce(waiting.expected_doctor, other.name),
    to_char(as_of at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    to_char(one.came_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    location.id, location.name, visit.id, visit.name, doctor.id, doctor.name, patient.id, patient.name,
    appointment.id
  from walk_ins one
  join locations location on location.id = one.location_id
  join visit_types visit on visit.id = one.visit_type_id
  join patients patient on patient.id = one.patient_id
  left join doctors doctor on doctor.id = one.doctor_id
  left join appointments appointment on appointment.id = one.appointment_id and not walk_in_waits(one)
  left join doctors other on other.id = appointment.doctor_id
  left join waiting_walk_ins(one.location_id, as_of) waiting on waiting.id = one.id
  where one.id = of_walk_in;
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

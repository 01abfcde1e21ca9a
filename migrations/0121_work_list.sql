CREATE TABLE "strandings" (
	"appointment_id" bigint PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"stays_why" jsonb,
	"stays_start_at" timestamp with time zone,
	"stays_by" bigint,
	"stays_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "strandings" ADD CONSTRAINT "strandings_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "strandings" ADD CONSTRAINT "strandings_stays_by_accounts_id_fk" FOREIGN KEY ("stays_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- Writes an event that `next_event` made, moves the anchor of its chain, and puts the event into the outbox if someone may have
-- to be told of it. This is the only place that writes events.
--
-- What the clinic or another system did waits: it may be followed by more of the same, or undone. Holds are nobody's
-- business, and who is here already knows.
--
-- The anchor moves only from the event before. Once a chain has been changed by hand, it stays where it was, so that
-- later events do not hide the change.
create or replace function append_event(event events) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into events overriding user value
  select event.*;

  insert into event_heads (appointment_id, event_count, last_event_hash)
  values (event.appointment_id, event.number, event.hash)
  on conflict (appointment_id)
  do update set event_count = excluded.event_count, last_event_hash = excluded.last_event_hash, written_at = now()
  where event_heads.event_count = event.number - 1
  and event_heads.last_event_hash = event.previous_hash;

  insert into outbox (appointment_id, number, patient_id, waits, ready_at)
  select
    event.appointment_id, event.number, (event.after ->> 'patient_id')::bigint, made.waits,
    case
      when made.waits then event.at + (select grace_seconds * interval '1 second' from clinic_settings where id)
      else event.at
    end
  from (
    select event.api_key_id is not null or event.actor_kind in ('front_desk', 'doctor', 'admin') as waits
  ) made
  where event.kind not in (
    'appointment.held', 'appointment.extended', 'appointment.released', 'appointment.arrived', 'appointment.fulfilled',
    'appointment.resized', 'appointment.started', 'appointment.start_undone', 'appointment.noted'
  );

  -- What comes back may come back into time that was taken away meanwhile.
  insert into strandings (appointment_id, version)
  select event.appointment_id, event.number
  where event.before ->> 'status' = any (array['cancelled', 'noshow'])
  and event.after ->> 'status' <> all (array['cancelled', 'noshow'])
  on conflict (appointment_id)
  do update set version = excluded.version;
end;
--> statement-breakpoint
-- The notes that a location shows at this moment, the oldest first, with who wrote them.
create or replace function notes_of_day(at_location bigint, as_of timestamptz) returns table (
  id bigint, text text, written_by text, expires_at timestamptz, expires_local text
)
language sql
stable
rows 10
set plan_cache_mode to force_generic_plan
begin atomic
  select
    note.id, note.text, writer.name, note.expires_at,
    to_char(note.expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI')
  from day_notes note
  join locations location on location.id = note.location_id
  left join accounts writer on writer.id = note.written_by
  where note.location_id = at_location
  and note.expires_at > as_of
  and note.cleared_at is null
  order by note.written_at, note.id;
end;
--> statement-breakpoint
-- Notes appointments whose time was taken away, or may have been: `stranded_appointments` looks at each of them.
create or replace function notice_stranded(of_appointments bigint[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into strandings (appointment_id, version)
  select one.id, one.event_count
  from appointments one
  where one.id = any (of_appointments)
  order by one.id
  on conflict (appointment_id)
  do update set version = excluded.version;
end;
--> statement-breakpoint
-- Why an appointment cannot take place as it stands: its location is closed, someone who takes part is away, busy, retired
-- or there at other hours, or cannot meet a need any more, or a room or device is out of use. A list with a kind, a name and
-- until when; empty when nothing is in its way. In a reserve the front desk books, so it strands nobody.
create or replace function what_strands(one appointments) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  place as materialized (
    select location.id, location.name, location.time_zone, location.is_active
    from doctors doctor
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    where doctor.id = one.doctor_id
  ),
  claim as materialized (
    select taken.*
    from claims taken
    where taken.appointment_id = coalesce(one.session_id, one.id)
    and taken.part = any (array['colleague', 'room', 'device'])
  ),
  person as materialized (
    select doctor.id, doctor.name, asked.during, doctor.is_active and exists (
      select from doctor_locations work
      where work.doctor_id = doctor.id
      and work.location_id = place.id
    ) as is_here
    from place
    cross join lateral (
      select one.doctor_id, tstzrange(one.start_at, one.end_at) as during
      union all
      -- Who meets a need must be there for the minutes around it, too.
      select claim.doctor_id, case when claim.need_id is not null then claim.during else tstzrange(
        lower(claim.during) + claim.before_minutes * interval '1 minute',
        upper(claim.during) - claim.after_minutes * interval '1 minute'
      ) end
      from claim
      where claim.part = 'colleague'
    ) asked
    join doctors doctor on doctor.id = asked.doctor_id
  ),
  reason as (
    select 'location_closed' as kind, place.id, place.name, null::timestamptz as until
    from place
    where not place.is_active
    union all
    select 'closure', closure.id, coalesce(closure.reason, place.name), closure.ends_at at time zone place.time_zone
    from place
    join closures closure on closure.location_id = place.id
    where closure.ends_at > (one.start_at at time zone place.time_zone) - interval '1 day'
    and tstzrange(one.start_at, one.end_at) && tstzrange(
      closure.starts_at at time zone place.time_zone,
      greatest(closure.starts_at at time zone place.time_zone, closure.ends_at at time zone place.time_zone)
    )
    union all
    select 'doctor_gone', person.id, person.name, null
    from person
    where not person.is_here
    union all
    select
      off.kind, off.id, case off.kind when 'block' then coalesce(off.reason, person.name) else person.name end,
      off.ends_at at time zone place.time_zone
    from place
    cross join person
    join time_off off on off.doctor_id = person.id
    where off.kind <> 'reserve'
    and (off.location_id is null or off.location_id = place.id)
    and off.ends_at > (lower(person.during) at time zone place.time_zone) - interval '1 day'
    and person.during && tstzrange(
      off.starts_at at time zone place.time_zone,
      greatest(off.starts_at at time zone place.time_zone, off.ends_at at time zone place.time_zone)
    )
    union all
    select 'hours', person.id, person.name, null
    from place
    cross join person
    cross join lateral hours_of_doctor(person.id, place.id, person.during) hours
    where person.is_here
    and not hours.during @> person.during
    union all
    select 'need', colleague.id, colleague.name, null
    from claim
    join visit_type_needs need on need.id = claim.need_id
    join doctors colleague on colleague.id = claim.doctor_id
    where claim.part = 'colleague'
    and (colleague.role <> need.role or colleague.specialty <> need.specialty)
    union all
    select 'need', thing.id, thing.name, null
    from claim
    join visit_type_needs need on need.id = claim.need_id
    join resources thing on thing.id = claim.resource_id
    where claim.part <> 'colleague'
    and thing.kind <> all (need.kinds)
    union all
    select 'resource', thing.id, thing.name, null
    from claim
    join resources thing on thing.id = claim.resource_id
    where claim.part <> 'colleague'
    and not coalesce((
      select open.during @> claim.during from open_time_of_resource(claim.resource_id, claim.during) open
    ), false)
  )
  select coalesce(jsonb_agg(
    jsonb_strip_nulls(jsonb_build_object(
      'kind', reason.kind, 'id', reason.id, 'name', reason.name,
      'until', to_char(reason.until at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI')
    ))
    order by reason.kind, reason.id
  ), '[]')
  from reason
  cross join place;
end;
--> statement-breakpoint
-- The appointments ahead at a location that lie in time that is no longer open, with what strands each: those that somebody
-- should call, unless it was said of one that it stays as it is. That holds until something else strands it, or it moves.
--
-- Whatever takes time away notes the appointments at that time in `strandings` (`notice_stranded`), so only those are looked
-- at. One that the front desk has put there since, with a reason, is there on purpose.
create or replace function stranded_appointments(at_location bigint, as_of timestamptz)
returns table (id bigint, start_at timestamptz, why jsonb, stays boolean)
language sql
stable
rows 20
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select one.id, one.start_at, found.why, noted.stays_why is not distinct from found.why
    and noted.stays_start_at is not distinct from one.start_at
  from strandings noted
  join appointments one on one.id = noted.appointment_id
  join doctors doctor on doctor.id = one.doctor_id
  cross join lateral (select what_strands(one) as why offset 0) found
  where one.end_at > as_of
  and (
    one.status = 'booked'
    or one.status = 'arrived' and one.started_at is null
    or one.awaits_approval and one.status = 'pending' and one.hold_expires_at > as_of
  )
  and coalesce(one.location_id, doctor.location_id) = at_location
  and not (one.override_reason is not null and exists (
    select from events event
    where event.appointment_id = one.id
    and event.number > noted.version
    and event.kind = any (array['appointment.booked', 'appointment.walked_in', 'appointment.rescheduled'])
  ))
  and found.why <> '[]';
end;
--> statement-breakpoint
-- How many appointments at a location wait to be worked through.
create or replace function count_stranded(at_location bigint, as_of timestamptz) returns integer
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select count(*)::integer from stranded_appointments(at_location, as_of) where not stays;
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
    where one.appointment_id is null
    and one.left_at is null
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
-- What lies in time that was taken away before this was noted.
insert into strandings (appointment_id, version)
select one.id, one.event_count
from appointments one
join doctors doctor on doctor.id = one.doctor_id
join locations place on place.id = coalesce(one.location_id, doctor.location_id)
cross join lateral (
  select one.start_at at time zone place.time_zone as starts_at, one.end_at at time zone place.time_zone as ends_at
) local
where one.start_at > now() - interval '8 hours'
and one.end_at > now()
and one.status in ('booked', 'arrived', 'pending')
and (
  not (doctor.is_active and place.is_active)
  or exists (
    select from time_off off
    where (off.location_id is null or off.location_id = place.id)
    and off.starts_at < local.ends_at
    and off.ends_at > local.starts_at
    and (off.doctor_id = one.doctor_id or off.doctor_id in (
      select claim.doctor_id from claims claim where claim.appointment_id = coalesce(one.session_id, one.id)
    ))
  )
  or exists (
    select from closures closure
    where closure.location_id = place.id
    and closure.starts_at < local.ends_at
    and closure.ends_at > local.starts_at
  )
  or exists (
    select from claims claim
    join resources thing on thing.id = claim.resource_id
    left join resource_absences absence
      on absence.resource_id = thing.id
      and absence.starts_at < local.ends_at + interval '2 hours'
      and absence.ends_at > local.starts_at - interval '2 hours'
    where claim.appointment_id = coalesce(one.session_id, one.id)
    and (absence.id is not null or not thing.is_active)
  )
  or one.override_reason is null and not exists (
    select from weekly_hours hours
    where hours.doctor_id = one.doctor_id
    and coalesce(hours.location_id, doctor.location_id) = place.id
    and hours.weekday = extract(isodow from local.starts_at)
    and local.starts_at >= local.starts_at::date + hours.opens_at
    and local.ends_at <= local.starts_at::date + hours.closes_at
    and local.starts_at::date >= coalesce(hours.starts_on, '-infinity')
    and local.starts_at::date <= coalesce(hours.ends_on, 'infinity')
  )
);

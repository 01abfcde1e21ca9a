ALTER TABLE "events" DROP CONSTRAINT "events_kind_is_known";
--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_kind_is_known" CHECK ("events"."kind" in ('appointment.held', 'appointment.extended', 'appointment.released', 'appointment.booked', 'appointment.walked_in', 'appointment.rescheduled', 'appointment.cancelled', 'appointment.arrived', 'appointment.fulfilled', 'appointment.missed', 'appointment.reopened', 'appointment.reassigned', 'appointment.resized', 'appointment.requested', 'appointment.confirmed', 'appointment.declined', 'appointment.lapsed', 'appointment.people_changed', 'appointment.visit_type_changed', 'appointment.started', 'appointment.start_undone', 'appointment.noted', 'appointment.time_zone_corrected')) NOT VALID;
--> statement-breakpoint
-- Writes many events of corrected time zones at once, with what `append_event` does for such an event: it moves the anchors, each
-- only from the event before. Nobody is told of them, and nothing comes back into its time.
create or replace function append_corrections(made events[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into events overriding user value
  select event.*
  from unnest(made) event
  where event.kind = 'appointment.time_zone_corrected'
  order by event.appointment_id;

  update event_heads head
  set event_count = event.number, last_event_hash = event.hash, written_at = now()
  from unnest(made) event
  where head.appointment_id = event.appointment_id
  and head.event_count = event.number - 1
  and head.last_event_hash = event.previous_hash;

  -- Rows that no event wrote begin their chain with it.
  insert into event_heads (appointment_id, event_count, last_event_hash)
  select event.appointment_id, event.number, event.hash
  from unnest(made) event
  where event.number = 1
  on conflict do nothing;
end;
--> statement-breakpoint
-- Writes an event that `next_event` made, moves the anchor of its chain, and puts the event into the outbox if someone may have
-- to be told of it. This is the only place that writes events, besides `append_corrections` for many at once.
--
-- What the clinic or another system did waits: it may be followed by more of the same, or undone. Holds are nobody's
-- business, who is here already knows, and a corrected time zone changes no clock time.
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
    'appointment.resized', 'appointment.started', 'appointment.start_undone', 'appointment.noted',
    'appointment.time_zone_corrected'
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
-- The facts of an appointment after its event of this number, as they are since the time zone of its location was corrected: at
-- the same clock time. Facts that no later correction concerns are what they were.
create or replace function as_corrected(facts jsonb, of_appointment bigint, number integer) returns jsonb
language plpgsql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  correction record;
  start_at timestamptz := (facts ->> 'start_at')::timestamptz;
  length constant interval := (facts ->> 'end_at')::timestamptz - start_at;
begin
  for correction in
    select event.before ->> 'time_zone' as former, event.before ->> 'new_time_zone' as new
    from events event
    where event.appointment_id = of_appointment
    and event.number > as_corrected.number
    and event.kind = 'appointment.time_zone_corrected'
    -- Not what was at another location then.
    and coalesce(facts -> 'location_id' = event.before -> 'location_id', true)
    order by event.number
  loop
    start_at := (start_at at time zone correction.former) at time zone correction.new;
    facts := facts || jsonb_build_object('start_at', in_utc(start_at), 'end_at', in_utc(start_at + length));
  end loop;
  return facts;
end
$$;
--> statement-breakpoint
-- The appointments of today and ahead at these locations that would be at another instant if their clock time were kept in
-- another zone, with that instant. A clock time that a night skips or repeats there is read as everywhere (see `instant_at`);
-- `exists_there` is false when it is skipped. Nobody sees a released hold again, so it stays where it was.
create or replace function clock_times_in_zone(of_locations bigint[], new_zone text, as_of timestamptz)
returns table (id bigint, moves_to timestamptz, exists_there boolean)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.id, there.start_at, there.start_at at time zone new_zone = clock.start_at
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  cross join lateral (select one.start_at at time zone location.time_zone as start_at) clock
  cross join lateral (select clock.start_at at time zone new_zone as start_at) there
  where location.id = any (of_locations)
  -- From today's midnight there, which may be more than a day ago where it comes twice.
  and one.start_at > as_of - interval '26 hours'
  and clock.start_at >= (as_of at time zone location.time_zone)::date
  and there.start_at <> one.start_at
  and not (one.status = 'cancelled' and one.hold_expires_at is not null);
end;
--> statement-breakpoint
-- Trigger: keeps the claims of an appointment in step with its row, whatever wrote it. A function that begins an appointment
-- takes its claims first, to be told without an error when one is refused.
--
-- Runs with the owner's rights, so that a role that writes appointments needs no right to claims. `pg_temp` comes last,
-- or a caller's temporary tables would stand in for the clinic's.
create or replace function keep_claims() returns trigger
language plpgsql
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  -- Only `keep_clock_times` says so, which moves thousands at once and compares them itself.
  if current_setting('clinic.claims_are_kept', true) = 'yes' then
    return null;
  end if;
  if tg_op = 'INSERT' then
    if not exists (select from claims where appointment_id = new.id) then
      insert into claims select claim.* from claims_of(new) claim order by claim.resource_id;
    end if;
  else
    perform renew_claims(new.id, array(
      select case when former.resource_id is null then claim else row(
        claim.appointment_id, former.resource_id, claim.part, claim.doctor_id, claim.need_id, claim.before_minutes,
        claim.after_minutes, claim.location_id, claim.during, claim.expires_at
      )::claims end
      from claims_of(new) claim
      -- What was over when its doctor and another became one person keeps the resource it had.
      left join claims former
        on former.appointment_id = claim.appointment_id
        and former.part = 'doctor'
        and former.doctor_id = claim.doctor_id
        and former.during = claim.during
      union all
      select claim from other_claims_of(new) claim
    ));
  end if;
  return null;
end
$$;
--> statement-breakpoint
-- The last event of an appointment that still counts: not one that was taken back, nor one that takes another back, nor a
-- note, who else takes part, the merge of two records, or a corrected time zone. Null when there is none.
create or replace function last_change(of_appointment bigint) returns events
language plpgsql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  event events;
  counted integer := (select event_count from appointments where id = of_appointment);
begin
  while counted > 0 loop
    select * into event from events where appointment_id = of_appointment and number = counted;
    if event.before ? 'undoes' then
      counted := (event.before ->> 'undoes')::integer - 1;
    elsif event.kind = 'appointment.reopened' then
      -- Earlier releases did not say what it took back.
      counted := counted - 2;
    elsif event.kind = any (array[
      'appointment.noted', 'appointment.people_changed', 'appointment.time_zone_corrected'
    ])
    or event.kind = 'appointment.reassigned' and exists (
      select from patients
      where id = (event.before ->> 'patient_id')::bigint
      and moved_to_id is not null
    ) then
      counted := counted - 1;
    else
      return event;
    end if;
  end loop;
  return null;
end
$$;
--> statement-breakpoint
-- These locations and all that must have the same time zone as one of them: a doctor works at both, or there is a chain of
-- such locations between them.
create or replace function locations_on_one_clock(of_locations bigint[]) returns table (id bigint)
language sql
stable
begin atomic
  with recursive place as (
    select unnest(of_locations) as id
    union
    select other.location_id
    from place
    join doctor_locations work on work.location_id = place.id
    join doctor_locations other on other.doctor_id = work.doctor_id
  )
  select place.id from place;
end;
--> statement-breakpoint
-- The locations that have to go with these into another time zone, each with the doctors who work there and at another one of
-- them: all locations of a doctor have one time zone.
create or replace function others_on_one_clock(of_locations bigint[], new_zone text) returns jsonb
language sql
stable
begin atomic
  with place as materialized (
    select location.id, location.name, location.time_zone
    from locations_on_one_clock(of_locations) one
    join locations location on location.id = one.id
    where location.time_zone <> new_zone
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', place.id, 'name', place.name, 'time_zone', place.time_zone,
    'doctors', (
      select jsonb_agg(jsonb_build_object('id', doctor.id, 'name', doctor.name) order by doctor.name, doctor.id)
      from doctor_locations work
      join doctors doctor on doctor.id = work.doctor_id
      where work.location_id = place.id
      and exists (
        select from doctor_locations other
        join place elsewhere on elsewhere.id = other.location_id
        where other.doctor_id = doctor.id
        and other.location_id <> place.id
      )
    )
  ) order by place.name, place.id), '[]')
  from place
  where place.id <> all (of_locations);
end;
--> statement-breakpoint
-- An appointment as it would be if its last change were taken back; a booking becomes cancelled. The row that is given is the
-- one of now.
create or replace function row_before(one appointments, last events) returns appointments
language plpgsql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  facts constant jsonb := as_corrected(last.before, last.appointment_id, last.number - 1);
  was appointments := one;
begin
  if last.kind = any (array['appointment.booked', 'appointment.walked_in']) then
    was.status := 'cancelled';
    return was;
  end if;
  was.status := facts ->> 'status';
  if last.kind = 'appointment.reassigned' then
    was.patient_id := (
      select coalesce(patient.moved_to_id, patient.id) from patients patient where id = (facts ->> 'patient_id')::bigint
    );
  end if;
  was.hold_expires_at := case when was.status = 'pending' then (facts ->> 'hold_expires_at')::timestamptz end;
  -- Holds become appointments by being booked, so that what was pending before any other change waits for the clinic.
  was.awaits_approval := was.status = 'pending';
  if was.status = any (array['booked', 'pending']) then
    was.arrived_at := null;
    was.started_at := null;
  elsif last.kind = 'appointment.started' then
    was.started_at := null;
  end if;
  if last.kind = 'appointment.rescheduled' then
    was.session_id := (facts ->> 'session_id')::bigint;
  end if;
  if last.kind = any (array['appointment.rescheduled', 'appointment.visit_type_changed']) then
    was.doctor_id := (facts ->> 'doctor_id')::bigint;
    was.location_id := coalesce((facts ->> 'location_id')::bigint, one.location_id);
    was.start_at := (facts ->> 'start_at')::timestamptz;
    was.end_at := (facts ->> 'end_at')::timestamptz;
    was.override_reason := (
      select reason from events
      where appointment_id = one.id
      and number < last.number
      and kind = any (array[
        'appointment.held', 'appointment.requested', 'appointment.booked', 'appointment.walked_in',
        'appointment.rescheduled', 'appointment.visit_type_changed'
      ])
      order by number desc
      limit 1
    );
    if (facts ->> 'visit_type_id')::bigint is distinct from one.visit_type_id then
      was.visit_type_id := (facts ->> 'visit_type_id')::bigint;
      was.buffer_before_minutes := coalesce((select buffer_before_minutes from visit_types where id = was.visit_type_id), 0);
      was.buffer_after_minutes := coalesce((select buffer_after_minutes from visit_types where id = was.visit_type_id), 0);
    end if;
  end if;
  -- Its place was given away with its time.
  if was.session_id is not null
  and (one.status = any (array['noshow', 'cancelled']) or was.session_id is distinct from one.session_id) then
    was.place := place_again(was);
  end if;
  return was;
end
$$;
--> statement-breakpoint
-- A start as the API and pages show it: the instant, and the clock time in a zone.
create or replace function start_in_zone(start_at timestamptz, time_zone text) returns jsonb
language sql
stable
parallel safe
return jsonb_build_object(
  'start_at', in_utc(start_at),
  'start_local', to_char(start_at at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI'),
  'time_zone', time_zone
);
--> statement-breakpoint
-- When the messages that wait to be sent go out once these locations are in another zone: reminders so many days before the
-- appointment on the new clock, and what waits for the end of the quiet hours until they end there.
create or replace function time_messages_anew(of_locations bigint[], new_zone text, as_of timestamptz) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  concerned as materialized (
    select distinct message.id
    from appointments one
    join message_appointments about on about.appointment_id = one.id
    join messages message on message.id = about.message_id
    where one.start_at > as_of - interval '26 hours'
    and one.location_id = any (of_locations)
    and message.state = 'due'
  ),
  timed as (
    select message.id, case
      when message.kind = 'reminder' then min(allowed_at(
        ((one.start_at at time zone clock.time_zone) - message.days_before * interval '1 day') at time zone clock.time_zone,
        as_of, one.start_at, clock.time_zone
      ))
      when message.due_at > as_of
        then greatest(as_of, (message.due_at at time zone min(location.time_zone)) at time zone min(clock.time_zone))
    end as due_at
    from concerned
    join messages message on message.id = concerned.id
    join message_appointments about on about.message_id = message.id
    join appointments one on one.id = about.appointment_id
    join locations location on location.id = one.location_id
    cross join lateral (
      select case when location.id = any (of_locations) then new_zone else location.time_zone end as time_zone
    ) clock
    group by message.id
  )
  update messages
  set
    due_at = timed.due_at,
    try_at = case when messages.try_at = messages.due_at then timed.due_at else messages.try_at end
  from timed
  where messages.id = timed.id
  and timed.due_at <> messages.due_at;
end;
--> statement-breakpoint
-- What a corrected time zone of these locations concerns: how many appointments, sessions and holds ahead would be at another
-- instant or at another clock time, of how many patients, and the first three with what either choice makes of them.
create or replace function concerned_by_zone(of_locations bigint[], new_zone text, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with ahead as materialized (
    select one.*, clock.moves_to, location.time_zone
    from clock_times_in_zone(of_locations, new_zone, as_of) clock
    join appointments one on one.id = clock.id
    join locations location on location.id = location_of(one)
    where still_stands(one, as_of)
    and one.end_at > as_of
  )
  select jsonb_build_object(
    'appointment_count', count(*) filter (where capacity is null and (status <> 'pending' or awaits_approval)),
    'session_count', count(*) filter (where capacity is not null),
    'hold_count', count(*) filter (where status = 'pending' and not awaits_approval),
    'patient_count', count(distinct patient_id),
    'examples', (
      select coalesce(jsonb_agg(example.shown order by example.start_at, example.id), '[]')
      from (
        select ahead.id, ahead.start_at, jsonb_build_object(
          'appointment_id', ahead.id,
          'doctor_name', doctor.name,
          'patient_name', patient.name,
          'now', start_in_zone(ahead.start_at, ahead.time_zone),
          'clock_time', start_in_zone(ahead.moves_to, new_zone),
          'instant', start_in_zone(ahead.start_at, new_zone)
        ) as shown
        from ahead
        join doctors doctor on doctor.id = ahead.doctor_id
        left join patients patient on patient.id = ahead.patient_id
        order by ahead.start_at, ahead.id
        limit 3
      ) example
    )
  )
  from ahead;
end;
--> statement-breakpoint
-- Corrects the time zone of a location, and of those that are to go with it, or nothing. `keeps` says what stays the same of
-- appointments ahead: `clock_time` moves them to another instant, `instant` leaves them where they are, at another clock time.
--
-- Answers with an object: `refusal`, with what it is about, or `stranded`, the ids of appointments that no longer fit the hours.
-- Hours, time off and closures are clock times, so they stay as they are written.
--
-- The caller has locked out bookings. Runs with the owner's rights: the Worker's database role may not write appointments, so
-- that each change has its event. `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function correct_time_zone(
  of_location bigint, together_with bigint[], new_zone text, keeps text, acting acting
) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  places constant bigint[] := array(
    select id from locations
    where id = any (of_location || together_with)
    and time_zone <> new_zone
    order by id
  );
  moving bigint[];
  conflicts jsonb;
  expired bigint[];
  hold bigint;
  stranded bigint[] := '{}';
  on_purpose bigint[];
begin
  if not exists (select from pg_timezone_names where name = new_zone) then
    return jsonb_build_object('refusal', 'not_a_zone');
  end if;
  if exists (select from unnest(together_with) other (id) where other.id not in (select id from locations)) then
    return jsonb_build_object('refusal', 'unknown');
  end if;
  if places = '{}' then
    return jsonb_build_object('stranded', stranded);
  end if;
  if exists (
    select from locations_on_one_clock(places) other
    join locations on locations.id = other.id
    where locations.time_zone <> new_zone
    and other.id <> all (places)
  ) then
    return jsonb_build_object('refusal', 'doctors_elsewhere', 'locations', others_on_one_clock(places, new_zone));
  end if;

  moving := array(select id from clock_times_in_zone(places, new_zone, acting.as_of));
  -- In the order in which everyone else locks: sessions first, then by id.
  perform from appointments where id = any (moving) and capacity is not null order by id for no key update;
  perform from appointments where id = any (moving) order by id for no key update;

  if keeps is null and exists (
    select from appointments one
    where one.id = any (moving)
    and still_stands(one, acting.as_of)
    and one.end_at > acting.as_of
  ) then
    return jsonb_build_object('refusal', 'keeps_needed', 'concerned', concerned_by_zone(places, new_zone, acting.as_of));
  end if;

  if keeps = 'instant' then
    on_purpose := array(
      select one.id from appointments one
      where one.id = any (moving)
      and one.override_reason is not null
      and what_strands(one) <> '[]'
    );
  else
    conflicts := (select jsonb_agg(conflict) from conflicts_in_zone(places, new_zone, acting.as_of) conflict);
    expired := lock_holds(
      moving || array(select (conflict ->> 'other_id')::bigint from jsonb_array_elements(conflicts) conflict), null, acting
    );
    foreach hold in array expired loop
      perform release_hold(hold, acting);
    end loop;
    if expired <> '{}' and conflicts is not null then
      conflicts := (select jsonb_agg(conflict) from conflicts_in_zone(places, new_zone, acting.as_of) conflict);
    end if;
    if conflicts is not null then
      return jsonb_build_object('refusal', 'clock_times_taken') || named_conflicts(conflicts);
    end if;
    perform keep_clock_times(places, new_zone, acting);
  end if;
  perform time_messages_anew(places, new_zone, acting.as_of);
  update locations set time_zone = new_zone where id = any (places);
  if keeps = 'instant' then
    stranded := array(
      select one.id from appointments one
      where one.id = any (moving)
      and one.id <> all (on_purpose)
      and still_stands(one, acting.as_of)
      and one.end_at > acting.as_of
      and what_strands(one) <> '[]'
      order by one.start_at, one.id
    );
    perform notice_stranded(stranded);
  end if;
  return jsonb_build_object('stranded', stranded);
end
$$;
--> statement-breakpoint
-- All that happened to an appointment, from first to last: who did what and why, with what was before and after, in words.
create or replace function history_of(of_appointment bigint, time_zone text) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select coalesce(jsonb_agg(jsonb_build_object(
    'number', event.number,
    'kind', event.kind,
    'at', in_utc(event.at),
    'at_local', to_char(event.at at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'actor', event.actor_kind,
    'name', nullif(account.name, ''),
    'reason', event.reason,
    'undoes', (event.before ->> 'undoes')::integer,
    'was', facts_in_words(as_corrected(event.before, event.appointment_id, event.number - 1), time_zone),
    'became', facts_in_words(as_corrected(event.after, event.appointment_id, event.number), time_zone)
  ) order by event.number), '[]')
  from events event
  left join accounts account on account.id = event.account_id
  where event.appointment_id = of_appointment;
end;
--> statement-breakpoint
-- Moves what is today or ahead at these locations to the same clock time in another zone, each appointment with an event. The
-- caller has locked out bookings, has looked for conflicts, and changes the zone afterwards. Raises an error (23P01) when a
-- time is taken after all.
--
-- All claims give up their time before any takes the new one: neighbours would be in each other's way. Everything is done at
-- once, not one appointment after the other, and so are the claims: their trigger is told to leave them. Before the end they
-- are compared with what it would have made.
create or replace function keep_clock_times(of_locations bigint[], new_zone text, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  moving constant jsonb := (
    select coalesce(jsonb_agg(clock), '[]') from clock_times_in_zone(of_locations, new_zone, acting.as_of) clock
  );
  ids constant bigint[] := array(select (clock ->> 'id')::bigint from jsonb_array_elements(moving) clock);
  moves integer;
  made_events events[];
begin
  update claims set during = null where appointment_id = any (ids) and during is not null;

  update claims
  set
    during = claimed_time(
      one.status, clock.moves_to, clock.moves_to + (one.end_at - one.start_at), claims.before_minutes, claims.after_minutes
    ),
    expires_at = case when one.awaits_approval then least(one.hold_expires_at, clock.moves_to) else one.hold_expires_at end
  from jsonb_to_recordset(moving) clock (id bigint, moves_to timestamptz)
  join appointments one on one.id = clock.id
  where claims.appointment_id = clock.id;

  update appointment_responses response
  set start_at = clock.moves_to
  from jsonb_to_recordset(moving) clock (id bigint, moves_to timestamptz)
  join appointments one on one.id = clock.id
  where response.appointment_id = clock.id
  and response.start_at = one.start_at;

  update strandings noted
  set stays_start_at = clock.moves_to
  from jsonb_to_recordset(moving) clock (id bigint, moves_to timestamptz)
  join appointments one on one.id = clock.id
  where noted.appointment_id = clock.id
  and noted.stays_start_at = one.start_at;

  perform set_config('clinic.claims_are_kept', 'yes', true);
  with
  taken as (
    select appointment_id, part, jsonb_agg(who.id order by who.id) as ids
    from claims
    cross join lateral (select coalesce(doctor_id, abs(resource_id)) as id) who
    where appointment_id = any (ids)
    and part not in ('doctor', 'patient')
    group by appointment_id, part
  ),
  people as (
    select appointment_id, jsonb_object_agg(part || '_ids', taken.ids) as facts from taken group by appointment_id
  ),
  facts as (
    select
      one.id, one.event_count, one.last_event_hash, clock.moves_to, clock.moves_to + (one.end_at - one.start_at) as ends_at,
      case when one.awaits_approval then least(one.hold_expires_at, clock.moves_to) else one.hold_expires_at end
        as expires_at,
      facts_of(one) || coalesce(people.facts, '{}') as before, location.time_zone
    from jsonb_to_recordset(moving) clock (id bigint, moves_to timestamptz)
    join appointments one on one.id = clock.id
    join locations location on location.id = location_of(one)
    left join people on people.appointment_id = one.id
  ),
  unhashed as (
    select facts.*, jsonb_populate_record(null::events, jsonb_build_object(
      'appointment_id', facts.id, 'number', facts.event_count + 1, 'kind', 'appointment.time_zone_corrected',
      'at', acting.as_of, 'actor_kind', acting.actor_kind, 'account_id', acting.account_id,
      'api_key_id', acting.api_key_id, 'request_id', acting.request_id, 'previous_hash', facts.last_event_hash,
      'before', facts.before || jsonb_build_object('time_zone', facts.time_zone, 'new_time_zone', new_zone),
      'after', facts.before
        || jsonb_build_object('start_at', in_utc(facts.moves_to), 'end_at', in_utc(facts.ends_at))
        || case when facts.before ? 'hold_expires_at' then jsonb_build_object('hold_expires_at', in_utc(facts.expires_at)) else '{}' end
    )) as event
    from facts
  ),
  made as materialized (
    select unhashed.*, jsonb_populate_record(unhashed.event, jsonb_build_object('hash', event_hash(unhashed.event))) as hashed
    from unhashed
    order by unhashed.id
  ),
  moved as (
    update appointments one
    set
      start_at = made.moves_to,
      end_at = made.ends_at,
      hold_expires_at = made.expires_at,
      event_count = (made.hashed).number,
      last_event_hash = (made.hashed).hash
    from made
    where one.id = made.id
    returning made.hashed as event
  )
  select count(*), array_agg(moved.event) into moves, made_events from moved;
  perform append_corrections(made_events);
  perform set_config('clinic.claims_are_kept', '', true);

  if moves <> cardinality(ids) or exists (
    select from claims
    join appointments one on one.id = claims.appointment_id
    where one.id = any (ids)
    and (claims.during, claims.expires_at) is distinct from (
      claimed_time(one.status, one.start_at, one.end_at, claims.before_minutes, claims.after_minutes), one.hold_expires_at
    )
  ) then
    raise exception 'Not all of these appointments moved, or not with their claims.';
  end if;

  -- What is meant to be shown until the end of a day.
  update day_notes note
  set expires_at = greatest(
    (note.expires_at at time zone location.time_zone) at time zone new_zone, note.written_at + interval '1 second'
  )
  from locations location
  where location.id = note.location_id
  and location.id = any (of_locations)
  and note.expires_at > acting.as_of;
end
$$;
--> statement-breakpoint
-- An appointment as a refusal names it: when, where and with whom; null when there is none.
create or replace function named_appointment(of_appointment bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select jsonb_build_object(
    'id', one.id, 'doctor_name', doctor.name, 'patient_name', patient.name, 'location_name', location.name
  ) || start_in_zone(one.start_at, location.time_zone)
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  left join patients patient on patient.id = one.patient_id
  where one.id = of_appointment;
end;
--> statement-breakpoint
-- What `conflicts_in_zone` found, as JSON: the first hundred by start, each with who takes part and what it is in conflict
-- with; and how many there are.
create or replace function named_conflicts(conflicts jsonb) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  conflict as materialized (
    select found.reason, one.id, one.start_at, found.other_id
    from jsonb_to_recordset(conflicts) found (id bigint, reason text, other_id bigint)
    join appointments one on one.id = found.id
  ),
  shown as (
    select conflict.start_at, conflict.id, conflict.other_id, jsonb_build_object(
      'reason', conflict.reason,
      'appointment', named_appointment(conflict.id),
      'other', named_appointment(conflict.other_id)
    ) as entry
    from conflict
    order by conflict.start_at, conflict.id, conflict.other_id
    limit 100
  )
  select jsonb_build_object(
    'conflict_count', (select count(*) from conflict),
    'conflicts', coalesce(jsonb_agg(entry order by start_at, id, other_id), '[]')
  )
  from shown;
end;
--> statement-breakpoint
-- What some events of an appointment changed together, from the first to the last of them: what stood before, what stands
-- now, and who made the last of them. A corrected time zone moves nothing.
create or replace function net_change(of_appointment bigint, from_event integer, to_event integer) returns table (
  was jsonb, stood text, became jsonb, stands text, has_moved boolean, is_over boolean, kind text, at timestamptz,
  account_id bigint, request_id text
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select
    corrected.before, standing.stood, corrected.after, standing.stands,
    (corrected.before ->> 'start_at', corrected.before ->> 'end_at', corrected.before ->> 'doctor_id')
      is distinct from (corrected.after ->> 'start_at', corrected.after ->> 'end_at', corrected.after ->> 'doctor_id')
    or coalesce(corrected.before ->> 'location_id' <> corrected.after ->> 'location_id', false),
    case
      when standing.stands = 'none' then (corrected.before ->> 'start_at')::timestamptz
      -- A missed appointment is told of as long as people remember it.
      when standing.stands = 'missed' then (corrected.after ->> 'start_at')::timestamptz + interval '3 days'
      else (corrected.after ->> 'start_at')::timestamptz
    end <= last.at,
    last.kind, last.at, last.account_id, last.request_id
  from events first
  join events last on last.appointment_id = first.appointment_id and last.number = to_event
  cross join lateral (
    select
      as_corrected(first.before, of_appointment, from_event - 1) as before,
      as_corrected(last.after, of_appointment, to_event) as after
    offset 0
  ) corrected
  cross join lateral (
    select min(number) as number
    from events
    where events.appointment_id = of_appointment
    and events.kind = 'appointment.requested'
  ) requested
  cross join lateral (
    select
      standing_in(first.before, coalesce(requested.number < from_event, false)) as stood,
      standing_in(last.after, coalesce(requested.number <= to_event, false)) as stands
  ) standing
  where first.appointment_id = of_appointment
  and first.number = from_event;
end;
--> statement-breakpoint
-- The appointments that a message is about, as it tells them, by start; with what makes telling them pointless now, or null.
-- A reminder tells what is true now, to those whose appointment it is now; anything else what the events say that it was sent
-- for.
create or replace function appointments_in_message(message messages, as_of timestamptz) returns table (
  told jsonb, start_at timestamptz, pointless text, waits_until timestamptz
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select
    occasion_in(facts.told) || jsonb_build_object(
      'id', one.id,
      'version', case when message.kind = 'reminder' then one.event_count else about.to_event end,
      'patient', case when patient.id is not null then jsonb_build_object(
        'id', patient.id, 'name', patient.name, 'called_name', patient.called_name
      ) end,
      'before', case
        when message.kind in ('moved', 'staff_moved')
        or message.kind = 'cancelled' and first.before ->> 'status' in ('booked', 'arrived') then occasion_in(
          as_corrected(first.before, one.id, about.from_event - 1)
        )
      end,
      'changed_by', case
        when last.actor_kind = 'patient' then 'patient'
        when last.actor_kind = 'system' then 'clock'
        else 'clinic'
      end,
      'reason', case when message.kind = 'declined' then last.reason end,
      'visit_type', case when visit.id is not null then jsonb_build_object(
        'name', visit.name, 'mode', visit.mode, 'bring', visit.bring, 'preparation', visit.preparation
      ) end,
      'room_names', (
        select coalesce(jsonb_agg(thing ->> 'name'), '[]')
        from jsonb_array_elements(things_of(coalesce(one.session_id, one.id))) thing
        where thing ->> 'type' = 'room'
      )
    ),
    facts.start_at,
    case
      when visit.is_silent then 'silent_visit_type'
      when overtaken.is_so then 'overtaken'
      when message.kind = 'reminder' and (
        one.status <> 'booked'
        or not theirs.is_so
        or not starts_with(
          message.cause,
          'reminder:' || message.days_before || ':' || (one.start_at at time zone location.time_zone)::date
        )
      ) then 'changed'
      when message.kind in ('booked', 'moved', 'staff_booked', 'staff_moved') and one.status <> 'booked' then 'changed'
      when message.kind in ('requested', 'approval_requested') and one.status <> 'pending' then 'changed'
      when message.kind = 'missed' and one.status <> 'noshow' then 'changed'
      when message.kind <> 'missed' and facts.start_at <= as_of then 'too_late'
    end,
    -- Whether it is still true is not known before what came after it is ready.
    case when message.kind in ('booked', 'moved', 'requested', 'reminder') then pending.until end
  from message_appointments about
  join appointments one on one.id = about.appointment_id
  left join events first on first.appointment_id = one.id and first.number = about.from_event
  left join events last on last.appointment_id = one.id and last.number = about.to_event
  cross join lateral (
    select told, (told ->> 'start_at')::timestamptz as start_at
    from (
      select case
        when message.kind = 'reminder' then facts_of(one)
        else as_corrected(last.after, one.id, about.to_event)
      end as told
      offset 0
    ) now_known
  ) facts
  join locations location on location.id = one.location_id
  left join patients patient on patient.id = (facts.told ->> 'patient_id')::bigint
  left join visit_types visit on visit.id = (facts.told ->> 'visit_type_id')::bigint
  cross join lateral (
    select exists (
      select from message_appointments later
      join messages other on other.id = later.message_id
      where later.appointment_id = one.id
      and other.recipient = message.recipient
      and other.kind <> 'reminder'
      and case
        -- It would remind of what was told within twelve hours.
        when message.kind = 'reminder'
          then other.kind in ('booked', 'moved')
          and (other.state = 'sending' or other.sent_at > as_of - interval '12 hours')
        else later.to_event > about.to_event
      end
    ) as is_so
  ) overtaken
  cross join lateral (
    select message.kind <> 'reminder' or exists (
      select from unnest(patients_in(people_in_facts(one.id) || jsonb_build_object('patient_id', one.patient_id))) person (id)
      cross join lateral recipients_of(person.id, null, as_of) reader
      where reader.recipient = message.recipient
      or case when starts_with(message.recipient, 'patient:') then person.id = (
        select coalesce(record.moved_to_id, record.id)
        from patients record
        where record.id = split_part(message.recipient, ':', 2)::bigint
      ) end
    ) as is_so
  ) theirs
  cross join lateral (select max(outbox.ready_at) as until from outbox where outbox.appointment_id = one.id) pending
  where about.message_id = message.id;
end;
--> statement-breakpoint
-- What is in the way of keeping the clock times of these locations in another zone: appointments ahead whose clock time a night
-- skips there (`no_such_time`), and those that would then take someone or something that another appointment has, elsewhere
-- or at that time. `other_id` is that one. What both take decides who they are in conflict about.
create or replace function conflicts_in_zone(of_locations bigint[], new_zone text, as_of timestamptz)
returns table (id bigint, reason text, other_id bigint)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  moving as materialized (
    select one.id, one.start_at, one.end_at, one.status, clock.moves_to, clock.exists_there,
      still_stands(one, as_of) and one.end_at > as_of as is_ahead
    from clock_times_in_zone(of_locations, new_zone, as_of) clock
    join appointments one on one.id = clock.id
  ),
  mine as materialized (
    select moving.id, claim.resource_id, claim.part, claim.location_id, claimed_time(
      moving.status, moving.moves_to, moving.moves_to + (moving.end_at - moving.start_at), claim.before_minutes,
      claim.after_minutes
    ) as during
    from moving
    join claims claim on claim.appointment_id = moving.id
    where claim.during is not null
  ),
  beside as (
    select
      mine.id, mine.part, mine.during, lag(mine.id) over taken as former_id, lag(mine.during) over taken as former_during
    from mine
    window taken as (partition by mine.resource_id order by lower(mine.during), mine.id)
  ),
  collision as (
    select mine.id, mine.part, other.appointment_id as other_id
    from mine
    join claims other on other.resource_id = mine.resource_id and other.during && mine.during
    left join moving on moving.id = other.appointment_id
    where moving.id is null
    union all
    select beside.id, beside.part, beside.former_id
    from beside
    where beside.during && beside.former_during
    union all
    -- Everyone else's locations move with them, but one person may have entries in two zones.
    select mine.id, 'way', null
    from mine
    where mine.location_id is not null
    and exists (select from travel_times)
    and exists (
      select from doctors person
      join doctor_locations work on work.doctor_id = person.id
      where person.resource_id = mine.resource_id
      and work.location_id <> all (of_locations)
    )
    and is_on_the_way(mine.resource_id, mine.location_id, mine.during, as_of, mine.id)
  )
  select moving.id, 'no_such_time', null
  from moving
  where moving.is_ahead
  and not moving.exists_there
  union all
  select collision.id, min(case
    when collision.part in ('patient', 'companion') then 'patient_busy'
    when collision.part in ('doctor', 'colleague', 'way') then 'slot_taken'
    else 'resource_taken'
  end), collision.other_id
  from collision
  group by collision.id, collision.other_id;
end;
--> statement-breakpoint
-- The rules for every change that keeps the time and the people: cancel, check in, start, complete, mark as a no-show, undo
-- these, leave a note, extend or release a hold.
create or replace function judge_change(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when one.status = wanted.status and one.status <> all (change.from_statuses) then 'already'
      when one.status = 'arrived' and change.event = 'appointment.started' and one.started_at is not null then 'already'
      when one.status = 'arrived' and change.event = 'appointment.start_undone' and one.started_at is null then 'already'
      when change.event = 'appointment.noted' and one.note is not distinct from wanted.note then 'already'
      when one.capacity = wanted.capacity then 'already'
      when change.version <> one.event_count then 'stale'
      when one.status <> all (change.from_statuses) then 'wrong_status'
      -- Those who take part arrive or miss it, each for themselves.
      when one.capacity is not null
      and change.event <> all (array['appointment.cancelled', 'appointment.resized', 'appointment.noted']) then 'wrong_status'
      -- Not every hold is a request, and no request is a hold.
      when one.status = 'pending' and one.awaits_approval <> (change.event = any (array[
        'appointment.cancelled', 'appointment.confirmed', 'appointment.declined', 'appointment.noted'
      ])) then 'wrong_status'
      -- A hold that was released is soon forgotten.
      when change.event = 'appointment.noted' and one.hold_expires_at is not null and not one.awaits_approval
        then 'wrong_status'
      -- Once the session is cancelled, nobody can be expected at it again.
      when change.event = 'appointment.reopened' and one.status = 'arrived' and exists (
        select from appointments session
        where session.id = one.session_id
        and session.status <> 'booked'
      ) then 'wrong_status'
      else case change.event
        when 'appointment.cancelled' then case
          when not acting.by_desk
          and not one.awaits_approval
          and one.start_at - coalesce(visit.cancellation_notice_minutes, 0) * interval '1 minute' <= acting.as_of
            then 'too_late'
        end
        when 'appointment.arrived' then case
          when not local_day(one.start_at, location.time_zone) @> acting.as_of then 'not_today'
        end
        when 'appointment.start_undone' then case
          when not local_day(one.started_at, location.time_zone) @> acting.as_of then 'not_today'
        end
        when 'appointment.missed' then case
          when one.start_at > acting.as_of then 'not_yet'
        end
        when 'appointment.extended' then case
          when one.hold_expires_at <= acting.as_of then 'hold_expired'
          when exists (
            select from events
            where appointment_id = one.id
            and kind = change.event
          ) then 'already_extended'
        end
        when 'appointment.resized' then case
          when wanted.capacity < places_taken(one.id) then 'too_few_places'
        end
        when 'appointment.reopened' then case
          when not exists (
            select from events last
            where last.appointment_id = one.id
            -- Whose it is says nothing about what is being undone.
            and last.number = (
              select max(number) from events
              where appointment_id = one.id
              and kind <> all (array[
                'appointment.reassigned', 'appointment.people_changed', 'appointment.noted',
                'appointment.time_zone_corrected'
              ])
            )
            and local_day(last.at, location.time_zone) @> acting.as_of
          ) then 'not_today'
          when one.status = 'noshow' and one.session_id is not null and wanted.place is null then 'session_full'
          -- A no-show gave its time away, so it may be taken by now.
          when one.status = 'noshow' then coalesce((
            select case when mine.part in ('patient', 'companion') then 'patient_busy' else 'slot_taken' end
            from claims mine
            where mine.appointment_id = one.id
            and mine.need_id is null
            and (
              is_claimed(
                mine.resource_id,
                claimed_time('booked', one.start_at, one.end_at, mine.before_minutes, mine.after_minutes),
                acting.as_of, one.id
              )
              or mine.location_id is not null and is_on_the_way(
                mine.resource_id, mine.location_id,
                claimed_time('booked', one.start_at, one.end_at, mine.before_minutes, mine.after_minutes),
                acting.as_of, one.id
              )
            )
            order by mine.part = any (array['patient', 'companion'])
            limit 1
          ), case
            when one.session_id is null
            and exists (select from visit_type_needs where visit_type_id = one.visit_type_id) and pick_claims(
              reopened, array(select claim from claims_to_keep(reopened, change) claim), one.override_reason is not null,
              acting.as_of
            ) is null then 'slot_taken'
          end)
        end
      end
    end,
    null, null, null, null, null, null,
    one.hold_expires_at + change.longer,
    null, null, null
  )::decision
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  left join visit_types visit on visit.id = one.visit_type_id
  cross join lateral (select jsonb_populate_record(one, '{"status": "booked"}') as reopened offset 0) again
  where one.id = wanted.id;
end;

ALTER TABLE "appointment_failures" DROP CONSTRAINT "appointment_failures_door_is_known";
--> statement-breakpoint
ALTER TABLE "appointment_failures" ADD CONSTRAINT "appointment_failures_door_is_one" CHECK ("appointment_failures"."door" ~ '^[a-z_]{1,40}$');
--> statement-breakpoint
-- Writes an event that `next_event` made. This is the only place that writes events: whatever must commit with each
-- change, such as a row for the outbox, is written here too.
create or replace function append_event(event events) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into events overriding user value
  select event.*;
end;
--> statement-breakpoint
-- An appointment with the names around it, as verbs answer with it. `first_day` and `last_day` are the local days that it
-- occupies with its buffers.
create or replace function appointment_details(of_appointment bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select to_jsonb(details)
  from (
    select
      one.id, one.status, one.event_count as version,
      one.start_at, to_char(one.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      one.end_at, to_char(one.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      one.doctor_id, doctor.name as doctor, one.patient_id, patient.name as patient,
      one.visit_type_id, visit.name as visit_type, visit.mode, visit.cancellation_notice_minutes,
      doctor.location_id, location.name as location, location.address, location.phone, location.time_zone,
      one.override_reason, one.reason_for_visit, one.hold_expires_at,
      to_char(one.hold_expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as hold_expires_local,
      to_char((
        one.start_at - one.buffer_before_minutes * interval '1 minute'
      ) at time zone location.time_zone, 'YYYY-MM-DD') as first_day,
      to_char((
        one.end_at + one.buffer_after_minutes * interval '1 minute' - interval '1 microsecond'
      ) at time zone location.time_zone, 'YYYY-MM-DD') as last_day
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = doctor.location_id
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    where one.id = of_appointment
  ) details;
end;
--> statement-breakpoint
-- SHA-256 over everything that an event says and the hash of the event before it. Changing, adding or removing an event
-- breaks the chain of its appointment.
create or replace function event_hash(event events) returns bytea
language sql
stable
return sha256(convert_to(
  jsonb_build_array(
    encode(event.previous_hash, 'hex'), event.appointment_id, event.number, event.kind,
    to_char(event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    event.actor_kind, event.account_id, event.api_key_id, event.request_id, event.reason, event.before, event.after
  )::text,
  'UTF8'
));
--> statement-breakpoint
-- The open holds of a browser that this transaction has released, because the browser asked for another slot.
create or replace function list_replaced_holds(of_browser text, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(appointment_details(hold.id) order by hold.id), '[]')
  from appointments hold
  where hold.stranger_id = of_browser
  and hold.status = 'cancelled'
  and hold.hold_expires_at > as_of
  and hold.xmin = pg_current_xact_id_if_assigned()::xid;
end;
--> statement-breakpoint
-- Makes the holds of one patient wait for one another, or those of one network address and of one browser, so that the
-- limits on open holds count every hold.
create or replace function take_turns_to_hold(wanted appointments) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select
  from patients
  where id = wanted.patient_id
  for no key update;

  select pg_advisory_xact_lock(hashtextextended(who, 0))
  from (
    select who
    from (values
      (1, 'address ' || wanted.stranger_address_hash),
      (2, 'stranger ' || wanted.stranger_id)
    ) holder (place, who)
    where wanted.patient_id is null
    and who is not null
    order by place
    offset 0
  ) in_order;
end;
--> statement-breakpoint
-- Who is acting, when, and through which request.
create type acting as (
  -- The instant at which the request is judged; no rule reads a clock of its own.
  as_of timestamptz,
  actor_kind text,
  account_id bigint,
  api_key_id bigint,
  request_id text,
  -- The rules for online booking do not bind the front desk.
  by_desk boolean,
  -- Null when the request brings no idempotency key. The fingerprint is the SHA-256 of the request, in hexadecimal.
  idempotency_key text,
  fingerprint text
);
--> statement-breakpoint
-- What became of a wish: the id of the appointment that began, or the verdict against it. With neither, a constraint
-- refused it, and `patient_was_busy` says whether it was the patient's.
create type beginning as (
  id bigint,
  verdict text,
  patient_was_busy boolean
);
--> statement-breakpoint
-- A request to change an appointment, apart from the columns that it sets: those are in `wanted`, with its id.
create type change as (
  -- The kind of the event, and the statuses from which it is possible.
  event text,
  from_statuses text[],
  -- The number of events that the client has seen; null when it does not matter.
  version integer,
  -- Why, in the words of the person who changes it; the event keeps it.
  reason text,
  -- Whose appointment it must be: anyone's, one of these patients', this doctor's, or a hold of this browser.
  of_anyone boolean,
  of_patients bigint[],
  of_doctor bigint,
  of_browser text,
  -- To extend a hold: by how much.
  longer interval,
  -- To book a hold: for whom, when neither the request nor the hold names a patient.
  default_patient_id bigint,
  -- To move: as the client wrote them. Without an end, the length stays the usual one.
  starts text,
  ends text
);
--> statement-breakpoint
-- What a judge_… function decides about a change: a verdict that refuses it, or null and the columns that it sets. A
-- column that is null stays as it is.
create type decision as (
  verdict text,
  doctor_id bigint,
  patient_id bigint,
  start_at timestamptz,
  end_at timestamptz,
  buffer_before_minutes smallint,
  buffer_after_minutes smallint,
  hold_expires_at timestamptz,
  -- When the time is not possible: the next one on that day that is.
  next_start_at timestamptz
);
--> statement-breakpoint
-- A request for a new appointment, apart from the columns that its row will have: those are in `wanted`.
create type wish as (
  -- The kind of the first event: held, booked or walked in.
  event text,
  -- When no doctor is named: any doctor at this location and of this specialty who offers the visit type.
  location_id bigint,
  specialty text,
  -- As the client wrote them. Without an end, the visit type says how long it takes.
  starts text,
  ends text,
  -- How many holds the patient, or for a hold without a patient the network address, may have open.
  most_holds integer
);
--> statement-breakpoint
-- Changes an appointment as was decided, with the event that records it. Nothing is judged here.
create or replace function apply_decision(
  before appointments, wanted appointments, change change, decision decision, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  after appointments := before;
  event events;
begin
  after.status := wanted.status;
  after.doctor_id := coalesce(decision.doctor_id, before.doctor_id);
  after.patient_id := coalesce(decision.patient_id, before.patient_id);
  after.start_at := coalesce(decision.start_at, before.start_at);
  after.end_at := coalesce(decision.end_at, before.end_at);
  after.hold_expires_at := coalesce(decision.hold_expires_at, before.hold_expires_at);
  if after.status = 'booked' then
    -- It is a hold no more. A released hold, on the other hand, keeps when it would have expired, so that it is not listed
    -- among the cancelled appointments.
    after.hold_expires_at := null;
    after.stranger_id := null;
    after.stranger_address_hash := null;
  end if;
  if change.event = 'appointment.rescheduled' then
    after.override_reason := wanted.override_reason;
  end if;
  event := next_event(before, after, change.event, change.reason, acting);
  update appointments
  set
    status = after.status,
    doctor_id = after.doctor_id,
    patient_id = after.patient_id,
    start_at = after.start_at,
    end_at = after.end_at,
    buffer_before_minutes = coalesce(decision.buffer_before_minutes, before.buffer_before_minutes),
    buffer_after_minutes = coalesce(decision.buffer_after_minutes, before.buffer_after_minutes),
    override_reason = after.override_reason,
    reason_for_visit = coalesce(wanted.reason_for_visit, before.reason_for_visit),
    hold_expires_at = after.hold_expires_at,
    stranger_id = after.stranger_id,
    stranger_address_hash = after.stranger_address_hash,
    event_count = event.number,
    last_event_hash = event.hash
  where id = before.id;
  perform append_event(event);
end
$$;
--> statement-breakpoint
-- Holds or books an appointment, or takes a walk-in. No rule is written here, only the order of the steps; each has a
-- snapshot that shows what the steps before it waited for.
--
-- Answers with four lists: the appointment that began or the verdict against it; what is in the way and the next free
-- time; the open hold that the caller already has of this slot; the holds that were released for this one.
create or replace function begin_appointment(wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_hold constant boolean := wanted.status = 'pending';
  begun beginning := row(null, null, null);
  next_free jsonb := '[]';
  own_hold bigint;
  answers jsonb;
begin
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  if is_hold then
    perform take_turns_to_hold(wanted);
  end if;
  perform prepare_to_begin(wanted, wish, acting);
  if is_hold then
    own_hold := find_own_hold(wanted, wish, acting);
  end if;
  if own_hold is null then
    begun := insert_appointment(wanted, wish, acting);
  end if;
  if own_hold is null and begun.id is null then
    select coalesce(jsonb_agg(to_jsonb(free)), '[]') into next_free from find_next_free(wanted, wish, acting) free;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(to_jsonb(begun) || coalesce(appointment_details(begun.id), '{}')),
    next_free,
    case when own_hold is null then '[]' else jsonb_build_array(appointment_details(own_hold)) end,
    case when wanted.stranger_id is null then '[]' else list_replaced_holds(wanted.stranger_id, acting.as_of) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Changes an appointment or a hold in any way that `transitions.ts` lists. No rule is written here, only the order of the
-- steps; each has a snapshot that shows what the steps before it waited for. One step judges and changes nothing, another
-- changes and judges nothing.
--
-- Answers with a list of one row, or of none when there is no such appointment or it is none of the actor's business.
create or replace function change_appointment(wanted appointments, change change, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_booking constant boolean := change.event = 'appointment.booked';
  is_move constant boolean := change.event = 'appointment.rescheduled';
  before appointments;
  decided decision;
  former jsonb;
  details jsonb;
  answers jsonb := '[[]]';
begin
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  -- These take time that the appointment has not had.
  if is_booking or is_move or 'noshow' = any (change.from_statuses) then
    perform take_turns_to_change(wanted, change);
    perform prepare_to_change(wanted, change, acting);
  end if;
  select * into before
  from appointments one
  where one.id = wanted.id
  and (
    change.of_anyone
    or one.patient_id = any (change.of_patients)
    or one.doctor_id = change.of_doctor
    or one.stranger_id = change.of_browser
  )
  for no key update;
  if found then
    decided := case
      when is_booking then judge_hold_booking(wanted, change, acting)
      when is_move then judge_move(wanted, change, acting)
      else judge_change(wanted, change, acting)
    end;
    -- Only a move changes where and when it is.
    if is_move then
      former := appointment_details(wanted.id);
    end if;
    if decided.verdict is null then
      perform apply_decision(before, wanted, change, decided, acting);
    end if;
    details := appointment_details(wanted.id);
    former := coalesce(former, details);
    answers := jsonb_build_array(jsonb_build_array(
      details || jsonb_build_object(
        'verdict', decided.verdict,
        'next_start_at', decided.next_start_at,
        'former', jsonb_build_object(
          'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
          'first_day', former -> 'first_day', 'last_day', former -> 'last_day',
          'hold_expires_at', before.hold_expires_at
        )
      )
    ));
  end if;
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Claims the idempotency key of a request. Fails by the primary key when it was used before, and after two seconds when
-- the first request with it is still running. Each claim also deletes a few keys that are older than a day, so that no
-- job has to.
--
-- `enable_seqscan` is off because a session keeps its plans: one made while there were hardly any keys read the whole
-- table once there were thousands. `ctid` is for the same reason: found by their key, the old keys were joined by an
-- index scan over all keys, and with 20,000 of them each booking took 40 ms.
create or replace function claim_key(acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
set lock_timeout to '2s'
set enable_seqscan to off
begin atomic
  delete from idempotency_keys
  where account_id = acting.account_id
  and key = acting.idempotency_key
  and claimed_at <= acting.as_of - interval '24 hours';

  delete from idempotency_keys
  where ctid = any (array(
    select ctid
    from idempotency_keys
    where claimed_at <= acting.as_of - interval '24 hours'
    order by claimed_at
    limit 4
    for update skip locked
  ));

  insert into idempotency_keys (account_id, key, fingerprint, claimed_at)
  values (acting.account_id, acting.idempotency_key, decode(acting.fingerprint, 'hex'), acting.as_of);
end;
--> statement-breakpoint
-- Reads a wish against the clinic's data: one row for each doctor who may be meant, or one row without a doctor. Nothing
-- is judged here; what is unknown or not offered is null.
create or replace function find_candidates(wanted appointments, wish wish, acting acting) returns table (
  doctor_id bigint, patient_id bigint, time_zone text,
  visit_type_id bigint, lasting interval, buffer_before_minutes smallint, buffer_after_minutes smallint, daily_cap smallint,
  start_at timestamptz, end_at timestamptz
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.id, patient.id, location.time_zone,
    visit.id, visit.minutes * interval '1 minute', visit.buffer_before_minutes, visit.buffer_after_minutes, visit.daily_cap,
    read.start_at, coalesce(read.end_at, read.start_at + visit.minutes * interval '1 minute')
  from (values (wanted.patient_id)) named (patient_id)
  left join (
    (
      select wanted.doctor_id as id where wanted.doctor_id is not null
      union all
      select offer.doctor_id from doctor_visit_types offer
      where wanted.doctor_id is null and offer.visit_type_id = wanted.visit_type_id
    ) meant
    cross join lateral (
      select *
      from doctors one
      where one.id = meant.id
      and (wish.location_id is null or one.location_id = wish.location_id)
      and (wish.specialty is null or one.specialty = wish.specialty)
      offset 0 -- or a plan made for any doctor would read all of them for one
    ) doctor
  ) on true
  left join locations location on location.id = doctor.location_id
  left join patients patient on patient.id = named.patient_id
  cross join lateral (
    select instant_at(wish.starts, location.time_zone) as start_at, instant_at(wish.ends, location.time_zone) as end_at
  ) read
  left join lateral (
    select kind.*
    from doctor_visit_types offer
    join visit_types kind on kind.id = offer.visit_type_id
    where offer.doctor_id = doctor.id
    -- When none is named, a patient means the doctor's first visit type of exactly that length, and the front desk none.
    and case
      when wanted.visit_type_id is not null then kind.id = wanted.visit_type_id
      else kind.minutes * interval '1 minute' = read.end_at - read.start_at and not acting.by_desk
    end
    and (kind.bookable_online or acting.by_desk)
    order by kind.id
    limit 1
  ) visit on true;
end;
--> statement-breakpoint
-- The open hold that the browser, or the patient, already has of the slot that it asks for.
create or replace function find_own_hold(wanted appointments, wish wish, acting acting) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(hold.id)
  from appointments hold
  join doctors doctor on doctor.id = hold.doctor_id
  join locations location on location.id = doctor.location_id
  where (hold.stranger_id = wanted.stranger_id or hold.patient_id = wanted.patient_id)
  and hold.status = 'pending'
  and hold.hold_expires_at > acting.as_of
  and hold.doctor_id = coalesce(wanted.doctor_id, hold.doctor_id)
  and hold.visit_type_id is not distinct from coalesce(wanted.visit_type_id, hold.visit_type_id)
  and hold.start_at = instant_at(wish.starts, location.time_zone)
  and hold.end_at = coalesce(instant_at(wish.ends, location.time_zone), hold.end_at);
end;
--> statement-breakpoint
-- Inserts the wanted appointment, with its first event, unless a rule or a constraint refuses it. With any doctor, each
-- who is willing is tried until one is free. Nothing is judged here.
create or replace function insert_appointment(wanted appointments, wish wish, acting acting) returns beginning
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  judged record;
  event events;
  begun beginning;
begin
  for judged in select * from judge_wish(wanted, wish, acting) loop
    begun.verdict := judged.verdict;
    exit when judged.verdict is not null;
    wanted.id := nextval(pg_get_serial_sequence('appointments', 'id'));
    wanted.doctor_id := judged.doctor_id;
    wanted.visit_type_id := judged.visit_type_id;
    wanted.start_at := judged.start_at;
    wanted.end_at := judged.end_at;
    event := next_event(null, wanted, wish.event, wanted.override_reason, acting);
    insert into appointments (
      id, doctor_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes, buffer_after_minutes,
      override_reason, reason_for_visit, hold_expires_at, stranger_id, stranger_address_hash, event_count, last_event_hash
    )
    overriding system value
    values (
      wanted.id, wanted.doctor_id, wanted.patient_id, wanted.visit_type_id, wanted.status, wanted.start_at, wanted.end_at,
      judged.buffer_before_minutes, judged.buffer_after_minutes,
      wanted.override_reason, wanted.reason_for_visit, wanted.hold_expires_at,
      case when wanted.patient_id is null then wanted.stranger_id end, wanted.stranger_address_hash,
      event.number, event.hash
    )
    on conflict do nothing;
    if found then
      perform append_event(event);
      begun.id := wanted.id;
      exit;
    end if;
    begun.patient_was_busy := exists (
      select from appointments other
      where other.patient_id = wanted.patient_id
      and other.patient_occupied && tstzrange(wanted.start_at, wanted.end_at)
    );
    exit when begun.patient_was_busy; -- with any other doctor, too
  end loop;
  return begun;
end
$$;
--> statement-breakpoint
-- The rules for every change that keeps the time and the people: cancel, check in, complete, mark as a no-show, undo
-- these, extend or release a hold.
create or replace function judge_change(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when one.status = wanted.status and one.status <> all (change.from_statuses) then 'already'
      when change.version <> one.event_count then 'stale'
      when one.status <> all (change.from_statuses) then 'wrong_status'
      else case change.event
        when 'appointment.cancelled' then case
          when not acting.by_desk
          and one.start_at - coalesce(visit.cancellation_notice_minutes, 0) * interval '1 minute' <= acting.as_of
            then 'too_late'
        end
        when 'appointment.arrived' then case
          when not local_day(one.start_at, location.time_zone) @> acting.as_of then 'not_today'
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
        when 'appointment.reopened' then case
          when not exists (
            select from events last
            where last.appointment_id = one.id
            and last.number = one.event_count
            and local_day(last.at, location.time_zone) @> acting.as_of
          ) then 'not_today'
          -- A no-show gave its time away, so it may be taken by now.
          when one.status = 'noshow' then (
            select case when other.doctor_id = one.doctor_id then 'slot_taken' else 'patient_busy' end
            from appointments other
            where other.id <> one.id
            and (
              other.doctor_id = one.doctor_id and other.doctor_occupied && tstzrange(
                one.start_at - one.buffer_before_minutes * interval '1 minute',
                one.end_at + one.buffer_after_minutes * interval '1 minute'
              )
              or other.patient_id = one.patient_id and other.patient_occupied && tstzrange(one.start_at, one.end_at)
            )
            order by other.doctor_id = one.doctor_id desc
            limit 1
          )
        end
      end
    end,
    null, null, null, null, null, null,
    one.hold_expires_at + change.longer,
    null
  )::decision
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = doctor.location_id
  left join visit_types visit on visit.id = one.visit_type_id
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- Why a start is not among `open_slots`; null when it is, or when the doctor does not offer the visit type.
create or replace function judge_slot(
  of_doctor bigint, of_visit_type bigint, wanted_start timestamptz, by_desk boolean, as_of timestamptz,
  except_for bigint default null
) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when wanted_start < as_of then 'in_the_past'
    when not open_time.during @> asked.during then 'outside_hours'
    when wanted_start < terms.earliest then 'short_notice'
    when wanted_start >= terms.latest then 'beyond_horizon'
    when date_bin(terms.grid, asked.local_start, timestamp '2000-01-01') <> asked.local_start then 'off_grid'
    when load.of_that_type >= terms.daily_cap then 'day_full'
    when not free_time.during @> asked.during then 'slot_taken'
  end
  from visit_terms(of_doctor, of_visit_type, by_desk, as_of) terms
  cross join lateral (
    select
      wanted_start at time zone terms.time_zone as local_start,
      tstzrange(wanted_start, wanted_start + terms.lasting) as during
    offset 0
  ) asked
  cross join lateral open_time(of_doctor, asked.during)
  cross join lateral free_time(
    of_doctor, asked.during, terms.buffer_before, terms.buffer_after, as_of, except_for
  )
  cross join lateral load_within(
    of_doctor, of_visit_type, local_day(wanted_start, terms.time_zone), as_of, except_for
  ) load;
end;
--> statement-breakpoint
-- Keeps what a request is answered with under the idempotency key that it has claimed.
create or replace function keep_answers(acting acting, kept_answers jsonb) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  update idempotency_keys
  set answers = kept_answers
  where account_id = acting.account_id
  and key = acting.idempotency_key;
end;
--> statement-breakpoint
-- Makes the next event of an appointment, linked to the one before it. `before` is the row as it was, or null when the
-- appointment begins; `after` is the row as it will be, without the count and the hash that come from this event.
create or replace function next_event(
  before appointments, after appointments, kind text, reason text, acting acting
) returns events
language plpgsql
stable
set plan_cache_mode to force_generic_plan
as $$
declare
  event events;
begin
  event.appointment_id := after.id;
  event.number := coalesce(before.event_count, 0) + 1;
  event.kind := kind;
  event.at := acting.as_of;
  event.actor_kind := acting.actor_kind;
  event.account_id := acting.account_id;
  event.api_key_id := acting.api_key_id;
  event.request_id := acting.request_id;
  event.reason := reason;
  if before.id is not null then
    event.before := appointment_facts(
      before.status, before.doctor_id, before.patient_id, before.visit_type_id, before.start_at, before.end_at,
      before.hold_expires_at
    );
  end if;
  event.after := appointment_facts(
    after.status, after.doctor_id, after.patient_id, after.visit_type_id, after.start_at, after.end_at,
    after.hold_expires_at
  );
  event.previous_hash := before.last_event_hash;
  event.hash := event_hash(event);
  return event;
end
$$;
--> statement-breakpoint
-- Ends a hold that the caller has locked. When it had expired, the clock ended it, and not the person who is acting.
create or replace function release_hold(of_hold bigint, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before appointments;
  after appointments;
  event events;
begin
  select * into before from appointments where id = of_hold;
  after := before;
  after.status := 'cancelled';
  if before.hold_expires_at <= acting.as_of then
    acting.actor_kind := 'system';
    acting.account_id := null;
    acting.api_key_id := null;
  end if;
  event := next_event(before, after, 'appointment.released', null, acting);
  update appointments
  set status = after.status, event_count = event.number, last_event_hash = event.hash
  where id = of_hold;
  perform append_event(event);
end
$$;
--> statement-breakpoint
-- Makes changes that take time of the same doctor or patient wait for one another, always in the same order: two
-- appointments that swap times would otherwise deadlock.
create or replace function take_turns_to_change(wanted appointments, change change) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended(who, 0) as key
    from appointments one
    cross join lateral (values
      ('doctor ' || one.doctor_id),
      ('doctor ' || wanted.doctor_id),
      ('patient ' || one.patient_id),
      ('patient ' || coalesce(wanted.patient_id, change.default_patient_id))
    ) busy (who)
    where one.id = wanted.id
    and who is not null
    order by key
    offset 0
  ) in_order;
end;
--> statement-breakpoint
-- The rules for booking a hold. Its notice and horizon were judged when it was held; whether the doctor is there is judged
-- again. A hold that has expired may still be booked while its slot is open.
create or replace function judge_hold_booking(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when one.status = 'booked' and one.patient_id = named.patient_id and exists (
        select from events
        where appointment_id = one.id
        and number = 1
        and kind = 'appointment.held'
      ) then 'already'
      when one.status = 'cancelled' and one.hold_expires_at is not null then 'hold_expired'
      when one.status <> 'pending' then 'wrong_status'
      when named.patient_id is null then 'patient_missing'
      when patient.id is null then 'no_patient'
      when one.start_at < acting.as_of then 'in_the_past'
      when one.hold_expires_at <= acting.as_of
      and not acting.by_desk
      and not is_open_slot(one.doctor_id, one.visit_type_id, one.start_at, false, acting.as_of, one.id)
        then 'hold_expired'
      when not is_open_time(one.doctor_id, tstzrange(one.start_at, one.end_at)) then 'outside_hours'
      when exists (
        select from appointments other
        where other.patient_id = patient.id
        and other.patient_occupied && tstzrange(one.start_at, one.end_at)
        and other.id <> one.id
        and (other.hold_expires_at is null or other.hold_expires_at > acting.as_of)
      ) then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null
  )::decision
  from appointments one
  cross join lateral (
    select coalesce(wanted.patient_id, one.patient_id, change.default_patient_id) as patient_id
  ) named
  left join patients patient on patient.id = named.patient_id
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- The rules for a new appointment: why a hold, a booking or a walk-in is refused; null when only a constraint can still
-- refuse it. One row for each doctor who may be meant. The first is the one to try, the doctor with the least to do that
-- day; when all refuse, it has the verdict that a small change of the wish is likely to overcome.
create or replace function judge_wish(wanted appointments, wish wish, acting acting) returns table (
  verdict text, doctor_id bigint, visit_type_id bigint, start_at timestamptz, end_at timestamptz,
  buffer_before_minutes smallint, buffer_after_minutes smallint
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  judged as materialized (
    select asked.*, case
      when asked.doctor_id is null and wanted.doctor_id is null then 'not_offered'
      when asked.doctor_id is null then 'no_doctor'
      when asked.patient_id is null and wanted.patient_id is not null then 'no_patient'
      when asked.visit_type_id is null and (not acting.by_desk or wanted.visit_type_id is not null) then 'not_offered'
      when asked.end_at <= asked.start_at then 'not_after_start'
      when asked.end_at - asked.start_at < interval '5 minutes' then 'too_short'
      when asked.end_at - asked.start_at > interval '8 hours' then 'too_long'
      -- A walk-in may have begun within the present minute.
      when asked.start_at < case
        when wanted.status = 'arrived' then date_trunc('minute', acting.as_of)
        else acting.as_of
      end then 'in_the_past'
      when asked.end_at - asked.start_at <> asked.lasting and not acting.by_desk then 'not_the_length'
      when wanted.status = 'arrived' and not local_day(acting.as_of, asked.time_zone) @> asked.start_at then 'not_today'
      when wanted.status = 'pending' and wish.most_holds <= case
        when wanted.patient_id is null then (
          select count(*)
          from appointments hold
          where hold.stranger_address_hash = wanted.stranger_address_hash
          and hold.status = 'pending'
          and hold.hold_expires_at > acting.as_of
        )
        else (
          select count(*)
          from appointments hold
          where hold.patient_id = wanted.patient_id
          and hold.status = 'pending'
          and hold.hold_expires_at > acting.as_of
        )
      end then 'too_many_holds'
      -- The front desk books at any minute of the doctor's hours, and outside them with a reason.
      when acting.by_desk then case
        when wanted.override_reason is null
        and not is_open_time(asked.doctor_id, tstzrange(asked.start_at, asked.end_at)) then 'outside_hours'
      end
      when not is_open_slot(asked.doctor_id, asked.visit_type_id, asked.start_at, false, acting.as_of) then coalesce(
        judge_slot(asked.doctor_id, asked.visit_type_id, asked.start_at, false, acting.as_of), 'slot_taken'
      )
    end as verdict
    from find_candidates(wanted, wish, acting) asked
  )
  select
    judged.verdict, judged.doctor_id, judged.visit_type_id, judged.start_at, judged.end_at,
    coalesce(judged.buffer_before_minutes, 0::smallint), coalesce(judged.buffer_after_minutes, 0::smallint)
  from judged
  order by
    judged.verdict is not null,
    array_position(array[
      'slot_taken', 'off_grid', 'day_full', 'short_notice', 'outside_hours', 'in_the_past', 'beyond_horizon', 'not_offered'
    ], judged.verdict),
    case when wanted.doctor_id is null and judged.verdict is null then (
      select load.appointments
      from load_within(judged.doctor_id, null, local_day(judged.start_at, judged.time_zone), acting.as_of) load
    ) end,
    judged.doctor_id;
end;
--> statement-breakpoint
-- Gets the time of a wish ready to be judged, in three steps:
-- 1. waits for other bookings of a visit type with a daily cap, so that each counts those before it;
-- 2. waits for time off or a closure that is being entered;
-- 3. releases expired holds that are in the way or would count, and the browser's other hold: it has one at a time.
--    They are found once for all doctors who may be meant, and checked again when they are locked.
create or replace function prepare_to_begin(wanted appointments, wish wish, acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select
  from doctor_visit_types offer
  join visit_types visit on visit.id = offer.visit_type_id
  join doctors doctor on doctor.id = offer.doctor_id
  where visit.daily_cap is not null
  and (wanted.visit_type_id is null or visit.id = wanted.visit_type_id)
  and offer.doctor_id = any (
    case when wanted.doctor_id is not null then array[wanted.doctor_id] else array(
      select doctor_id from doctor_visit_types where visit_type_id = wanted.visit_type_id
    ) end
  )
  and (wish.location_id is null or doctor.location_id = wish.location_id)
  and (wish.specialty is null or doctor.specialty = wish.specialty)
  order by offer.doctor_id, offer.visit_type_id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  with
  asked as materialized (
    -- Two hours on either side leave room for the longest buffers.
    select *, tstzrange(least(start_at, end_at) - interval '2 hours', end_at + interval '2 hours') as around
    from find_candidates(wanted, wish, acting)
  ),
  locked as (
    select hold.id
    from appointments hold
    where (
      hold.status = 'pending' and hold.hold_expires_at <= acting.as_of
      or hold.status = 'pending' and hold.stranger_id = wanted.stranger_id
    )
    and hold.id = any (array(
      -- A hold that no longer counts has to go, or a request whose clock is a little behind might still book or extend
      -- it. Holds of others from the same network address stay: their owners may still book them late.
      select hold.id
      from asked
      join appointments hold on hold.doctor_id = asked.doctor_id
      where hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      and (
        (asked.daily_cap is not null and hold.visit_type_id = asked.visit_type_id)
        or hold.doctor_occupied && asked.around
      )
      union all
      select hold.id
      from appointments hold
      where hold.patient_id = wanted.patient_id
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      and (wanted.status = 'pending' or exists (select from asked where hold.doctor_occupied && asked.around))
      union all
      select hold.id
      from appointments hold
      where hold.status = 'pending'
      and hold.stranger_id = wanted.stranger_id
      and not exists (
        select from asked
        where asked.doctor_id = hold.doctor_id
        and asked.visit_type_id is not distinct from hold.visit_type_id
        and asked.start_at = hold.start_at
        and asked.end_at = hold.end_at
      )
    ))
    order by id
    for update
  )
  select release_hold(locked.id, acting)
  from locked;
end;
--> statement-breakpoint
-- Gets the time that a change takes ready to be judged, in three steps:
-- 1. waits for other bookings of a visit type with a daily cap, so that each counts those before it;
-- 2. waits for time off or a closure that is being entered;
-- 3. locks the appointment and the expired holds of the doctor and the patient, in the order of their ids, and releases
--    these holds. The appointment is among them because it may itself be a hold that another request is releasing.
create or replace function prepare_to_change(wanted appointments, change change, acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select
  from appointments one
  join visit_types visit on visit.id = one.visit_type_id and visit.daily_cap is not null
  join doctor_visit_types offer
    on offer.visit_type_id = visit.id and offer.doctor_id = coalesce(wanted.doctor_id, one.doctor_id)
  where one.id = wanted.id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  with
  locked as (
    select hold.id
    from appointments hold
    where hold.id = any (array(
      select wanted.id
      union all
      -- Booking a hold takes no other time of the doctor than the hold's own.
      select other.id
      from appointments one
      join appointments other on other.doctor_id = coalesce(wanted.doctor_id, one.doctor_id)
      where one.id = wanted.id
      and change.event <> 'appointment.booked'
      and other.status = 'pending'
      and other.hold_expires_at <= acting.as_of
      union all
      select other.id
      from appointments one
      join appointments other
        on other.patient_id = coalesce(wanted.patient_id, one.patient_id, change.default_patient_id)
      where one.id = wanted.id
      and other.status = 'pending'
      and other.hold_expires_at <= acting.as_of
    ))
    and (hold.id = wanted.id or hold.status = 'pending' and hold.hold_expires_at <= acting.as_of)
    order by hold.id
    for update
  )
  select release_hold(locked.id, acting)
  from locked
  where locked.id <> wanted.id;
end;
--> statement-breakpoint
-- After a refusal: whether the doctor and the patient are occupied at the time that was wanted, and the next time on that
-- day that is free. No row when the wish names no possible time.
create or replace function find_next_free(wanted appointments, wish wish, acting acting) returns table (
  time_zone text, doctor_is_taken boolean, patient_is_busy boolean,
  next_start_at timestamptz, next_end_at timestamptz, next_start_local text, next_end_local text
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    asked.time_zone,
    exists (
      select from appointments other
      where other.doctor_id = asked.doctor_id
      and other.doctor_occupied && tstzrange(asked.start_at, asked.end_at)
    ),
    exists (
      select from appointments other
      where other.patient_id = asked.patient_id
      and other.patient_occupied && tstzrange(asked.start_at, asked.end_at)
    ),
    next.start_at,
    next.start_at + (asked.end_at - asked.start_at),
    to_char(next.start_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    to_char((next.start_at + (asked.end_at - asked.start_at)) at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI')
  from (
    select *
    from find_candidates(wanted, wish, acting) candidate
    where candidate.start_at < candidate.end_at
    offset 0 -- or PostgreSQL might search for a free time before it checks this
  ) asked
  cross join lateral (
    select tstzrange(
      greatest(asked.start_at, acting.as_of),
      greatest(
        asked.start_at,
        acting.as_of,
        ((asked.start_at at time zone asked.time_zone)::date + 1)::timestamp at time zone asked.time_zone
      )
    ) as during
  ) rest_of_day
  cross join lateral (
    select case
      when acting.by_desk then next_gap(
        asked.doctor_id, asked.patient_id, rest_of_day.during, asked.end_at - asked.start_at,
        coalesce(asked.buffer_before_minutes, 0) * interval '1 minute',
        coalesce(asked.buffer_after_minutes, 0) * interval '1 minute', acting.as_of
      )
      else next_slot(asked.doctor_id, asked.visit_type_id, asked.patient_id, rest_of_day.during, acting.as_of)
    end as start_at
  ) next
  order by next.start_at, asked.doctor_id
  limit 1;
end;
--> statement-breakpoint
-- The rules for moving an appointment to another time, possibly to another doctor.
-- * A patient may move it until the notice before its start (`too_late`), to any open slot; the slot is judged as if the
--   appointment itself were not there. A move may not shorten the notice: the new start must keep the visit type's
--   notice too (`short_notice`, by way of `open_slots`).
-- * The front desk may move it to any time at which nothing else occupies the doctor.
create or replace function judge_move(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as (
    select
      one.*, doctor.id as new_doctor_id, read.start_at as new_start_at,
      coalesce(
        instant_at(change.ends, location.time_zone),
        read.start_at + case when acting.by_desk then usual.length else coalesce(visit.lasting, usual.length) end
      ) as new_end_at,
      coalesce(visit.buffer_before_minutes, one.buffer_before_minutes) as new_buffer_before,
      coalesce(visit.buffer_after_minutes, one.buffer_after_minutes) as new_buffer_after,
      visit.lasting, coalesce(visit.notice, interval '0') as notice, location.time_zone
    from appointments one
    cross join lateral (select one.end_at - one.start_at as length) usual
    left join doctors doctor on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
    left join locations location on location.id = doctor.location_id
    left join lateral (
      select
        kind.buffer_before_minutes, kind.buffer_after_minutes, kind.minutes * interval '1 minute' as lasting,
        kind.cancellation_notice_minutes * interval '1 minute' as notice
      from visit_types kind
      where kind.id = one.visit_type_id
    ) visit on true
    cross join lateral (select instant_at(change.starts, location.time_zone) as start_at) read
    where one.id = wanted.id
  ),
  judged as (
    select asked.*, case
      when status <> 'booked' then 'wrong_status'
      when new_doctor_id is null then 'no_doctor'
      when (new_doctor_id, new_start_at, new_end_at) = (doctor_id, start_at, end_at) then 'already'
      when change.version <> event_count then 'stale'
      when not acting.by_desk and start_at - notice <= acting.as_of then 'too_late'
      when new_end_at <= new_start_at then 'not_after_start'
      when new_end_at - new_start_at < interval '5 minutes' then 'too_short'
      when new_end_at - new_start_at > interval '8 hours' then 'too_long'
      when new_start_at < acting.as_of then 'in_the_past'
      when acting.by_desk and new_doctor_id <> doctor_id and visit_type_id is not null and not exists (
        select from doctor_visit_types offer
        where offer.doctor_id = new_doctor_id
        and offer.visit_type_id = asked.visit_type_id
      ) then 'not_offered'
      when acting.by_desk
      and wanted.override_reason is null
      and not is_open_time(new_doctor_id, tstzrange(new_start_at, new_end_at)) then 'outside_hours'
      when acting.by_desk and exists (
        select from appointments other
        where other.doctor_id = new_doctor_id
        and other.doctor_occupied && tstzrange(
          new_start_at - new_buffer_before * interval '1 minute', new_end_at + new_buffer_after * interval '1 minute'
        )
        and other.id <> asked.id
        and (other.hold_expires_at is null or other.hold_expires_at > acting.as_of)
      ) then 'slot_taken'
      when not acting.by_desk
      and not exists (select from visit_terms(new_doctor_id, visit_type_id, false, acting.as_of)) then 'not_offered'
      when not acting.by_desk and new_end_at - new_start_at <> lasting then 'not_the_length'
      when not acting.by_desk
      and not is_open_slot(new_doctor_id, visit_type_id, new_start_at, false, acting.as_of, id)
        then coalesce(judge_slot(new_doctor_id, visit_type_id, new_start_at, false, acting.as_of, id), 'slot_taken')
      when exists (
        select from appointments other
        where other.patient_id = asked.patient_id
        and other.patient_occupied && tstzrange(new_start_at, new_end_at)
        and other.id <> asked.id
      ) then 'patient_busy'
    end as verdict
    from asked
  )
  select row(
    verdict, new_doctor_id, patient_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after, null,
    case
      when verdict not in ('slot_taken', 'patient_busy', 'outside_hours', 'off_grid', 'short_notice') then null
      when acting.by_desk then next_gap(
        new_doctor_id, patient_id, rest_of_day, new_end_at - new_start_at,
        new_buffer_before * interval '1 minute', new_buffer_after * interval '1 minute', acting.as_of, id
      )
      else next_slot(new_doctor_id, visit_type_id, patient_id, rest_of_day, acting.as_of, id)
    end
  )::decision
  from judged
  cross join lateral (
    select tstzrange(
      greatest(new_start_at, acting.as_of),
      greatest(new_start_at, acting.as_of, upper(local_day(new_start_at, time_zone)))
    ) as rest_of_day
  ) late;
end;
--> statement-breakpoint
comment on type judgement is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function apply_judgement(bigint,judgement,text,text,timestamp with time zone,text,bigint,bigint,text) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function asked(bigint,bigint,text,bigint,bigint,text,text,boolean) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function await_other_holds(bigint,text,text) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function begin_appointment(text,text,bigint,bigint,text,bigint,bigint,text,text,boolean,text,text,timestamp with time zone,text,text,integer,timestamp with time zone,text,bigint,bigint,text,text,text) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function begin_unless_refused(text,text,bigint,bigint,text,bigint,bigint,text,text,boolean,text,text,timestamp with time zone,text,text,integer,timestamp with time zone,text,bigint,bigint,text) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function change_appointment(bigint,text,text[],text,boolean,bigint[],bigint,text,boolean,timestamp with time zone,text,bigint,bigint,text,text,text,integer,text,interval,bigint,bigint,text,bigint,text,text) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function claim_key(bigint,text,text,timestamp with time zone) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function clear_the_way(bigint,bigint,bigint,bigint,timestamp with time zone,text,bigint,bigint,text) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function event_hash(bytea,bigint,integer,text,timestamp with time zone,text,bigint,bigint,text,text,jsonb,jsonb) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function given_up(text,timestamp with time zone) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function holds_nothing(text) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function is_patient_free(bigint,tstzrange) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function judge_booking(bigint,bigint,bigint,text,boolean,timestamp with time zone) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function judge_change(bigint,text,text[],text,integer,boolean,interval,timestamp with time zone) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function judge_move(bigint,integer,bigint,text,text,text,boolean,timestamp with time zone) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function let_go(bigint[],timestamp with time zone,text,bigint,bigint,text) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function look_around(bigint,bigint,text,bigint,bigint,text,text,boolean,text,timestamp with time zone) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function make_room(bigint,bigint,text,bigint,bigint,text,text,boolean,boolean,text,timestamp with time zone,text,bigint,bigint,text) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function own_hold(bigint,bigint,bigint,text,text,text,timestamp with time zone) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function take_turns(bigint,bigint,bigint) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function told(bigint) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function why_not(bigint,bigint,timestamp with time zone,boolean,timestamp with time zone,bigint) is 'Retired in release 0.1.0';

-- Sessions of groups, and who takes part in them.
--
-- Afterwards, outside a transaction:
-- afterwards: CREATE INDEX CONCURRENTLY IF NOT EXISTS "appointments_sessions" ON "appointments" USING btree ("start_at","id") WHERE "appointments"."capacity" is not null
-- afterwards: alter table events validate constraint events_kind_is_known
ALTER TABLE "events" DROP CONSTRAINT "events_kind_is_known";
--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_kind_is_known" CHECK ("events"."kind" in ('appointment.held', 'appointment.extended', 'appointment.released', 'appointment.booked', 'appointment.walked_in', 'appointment.rescheduled', 'appointment.cancelled', 'appointment.arrived', 'appointment.fulfilled', 'appointment.missed', 'appointment.reopened', 'appointment.reassigned', 'appointment.resized')) not valid;
--> statement-breakpoint
-- An appointment with the names around it, as verbs answer with it.
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
      location.id as location_id, location.name as location, location.address, location.phone, location.time_zone,
      one.override_reason, one.reason_for_visit, one.hold_expires_at, one.capacity, one.session_id,
      to_char(one.hold_expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as hold_expires_local
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    where one.id = of_appointment
  ) details;
end;
--> statement-breakpoint
-- How many appointments of a doctor start inside the window: in total, and of one visit type. A session counts once: its
-- participants start when it does, and nothing else of the doctor can.
create or replace function load_within(
  of_doctor bigint, of_visit_type bigint, within tstzrange, as_of timestamptz, except_for bigint default null
) returns table (appointments bigint, of_that_type bigint)
language sql
stable
begin atomic
  select count(distinct start_at), count(distinct start_at) filter (where visit_type_id = of_visit_type)
  from appointments
  where doctor_id = of_doctor
  and start_at >= lower(within)
  and start_at < upper(within)
  and not isempty(doctor_occupied)
  and (hold_expires_at is null or hold_expires_at > as_of)
  and (except_for is null or id <> except_for);
end;
--> statement-breakpoint
-- Locks the session that is being changed, and those that a participant leaves and joins, in the order of their ids. Call it
-- before participants or holds are locked.
create or replace function lock_sessions(wanted appointments) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select
  from appointments session
  where session.id = any (
    array[wanted.id, wanted.session_id, (select session_id from appointments where id = wanted.id)]
  )
  and session.capacity is not null
  order by session.id
  for no key update;
end;
--> statement-breakpoint
-- How many places of a session are taken. Someone who cancelled or did not come has given theirs back. A hold that has
-- expired still has its place for as long as no instant is given: it may be booked a little late.
create or replace function places_taken(of_session bigint, as_of timestamptz default null) returns integer
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select count(*)::integer
  from appointments participant
  where participant.session_id = of_session
  and participant.status not in ('cancelled', 'noshow')
  and (as_of is null or participant.hold_expires_at is null or participant.hold_expires_at > as_of)
);
--> statement-breakpoint
-- A session as verbs answer with it: never who takes part.
create or replace function session_details(of_session bigint, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return appointment_details(of_session) || jsonb_build_object('places_taken', places_taken(of_session, as_of));
--> statement-breakpoint
-- What an event records about a session, or about a participant's place in one; nothing about other appointments.
create or replace function session_facts(one appointments) returns jsonb
language sql
immutable
return jsonb_strip_nulls(
  jsonb_build_object('capacity', one.capacity, 'session_id', one.session_id, 'place', one.place)
);
--> statement-breakpoint
-- Whether sessions of this visit type have room for several patients.
create or replace function visit_type_is_group(visit_type bigint) returns boolean
language sql
stable
return exists (select from visit_types where id = visit_type and capacity is not null);
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
  after.status := coalesce(wanted.status, before.status);
  after.doctor_id := coalesce(decision.doctor_id, before.doctor_id);
  after.patient_id := coalesce(decision.patient_id, before.patient_id);
  after.location_id := coalesce(decision.location_id, before.location_id);
  after.start_at := coalesce(decision.start_at, before.start_at);
  after.end_at := coalesce(decision.end_at, before.end_at);
  after.session_id := coalesce(wanted.session_id, before.session_id);
  after.place := coalesce(wanted.place, before.place);
  after.capacity := coalesce(wanted.capacity, before.capacity);
  after.hold_expires_at := coalesce(decision.hold_expires_at, before.hold_expires_at);
  if after.status = 'booked' then
    -- It is a hold no more. A released hold, on the other hand, keeps when it would have expired, so that it is not listed
    -- among the cancelled appointments.
    after.hold_expires_at := null;
    after.stranger_id := null;
    after.stranger_address_hash := null;
    after.stranger_wider_hash := null;
  end if;
  if change.event = 'appointment.rescheduled' then
    after.override_reason := wanted.override_reason;
    after.visit_type_id := decision.visit_type_id;
  end if;
  after.buffer_before_minutes := coalesce(decision.buffer_before_minutes, before.buffer_before_minutes);
  after.buffer_after_minutes := coalesce(decision.buffer_after_minutes, before.buffer_after_minutes);
  if change.event = 'appointment.rescheduled' or before.status = 'noshow' then
    perform claim_again(after, change, acting);
  end if;
  event := next_event(before, after, change.event, change.reason, acting);
  update appointments
  set
    status = after.status,
    doctor_id = after.doctor_id,
    location_id = after.location_id,
    visit_type_id = after.visit_type_id,
    patient_id = after.patient_id,
    start_at = after.start_at,
    end_at = after.end_at,
    buffer_before_minutes = after.buffer_before_minutes,
    buffer_after_minutes = after.buffer_after_minutes,
    override_reason = after.override_reason,
    reason_for_visit = coalesce(wanted.reason_for_visit, before.reason_for_visit),
    hold_expires_at = after.hold_expires_at,
    session_id = after.session_id,
    place = after.place,
    capacity = after.capacity,
    stranger_id = after.stranger_id,
    stranger_address_hash = after.stranger_address_hash,
    stranger_wider_hash = after.stranger_wider_hash,
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
-- time, or the next sessions; the open hold that the caller already has of this slot; the holds that this transaction released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function begin_appointment(wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_hold constant boolean := wanted.status = 'pending';
  begun beginning := row(null, null, null);
  next_free jsonb := '[]';
  own_hold bigint;
  released bigint[];
  hold bigint;
  answers jsonb;
begin
  perform require_authority(acting);
  perform require_patient(wanted.patient_id, acting);
  perform require_patient(companion.id, acting) from unnest(wish.companion_ids) companion (id);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  wanted.patient_id := follow_patient(wanted.patient_id);
  if wish.companion_ids is not null then
    wish.companion_ids := array(
      select coalesce(record.moved_to_id, companion.id)
      from unnest(wish.companion_ids) companion (id)
      left join patients record on record.id = companion.id
    );
  end if;
  if is_hold then
    perform take_turns_to_hold(wanted);
  end if;
  released := lock_to_begin(wanted, wish, acting);
  foreach hold in array released loop
    perform release_hold(hold, acting);
  end loop;
  if is_hold then
    own_hold := find_own_hold(wanted, wish, acting);
  end if;
  if own_hold is null then
    wanted.place := free_place(wanted.session_id);
    begun := insert_appointment(wanted, wish, acting);
  end if;
  -- Another time would not help an account that has as many as it may have.
  if begun.verdict = 'session_full' then
    next_free := next_sessions(wanted.session_id, acting);
  elsif own_hold is null and begun.id is null and wanted.session_id is null
  and begun.verdict is distinct from 'too_many_appointments' then
    select coalesce(jsonb_agg(
      to_jsonb(free) || jsonb_build_object('missing', find_missing_person(wanted, wish, acting))
    ), '[]')
    into next_free
    from find_next_free(wanted, wish, acting) free;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(
      to_jsonb(begun) || coalesce(appointment_details(begun.id), '{}') || jsonb_build_object(
        'visit_type_chosen', explain_visit_type(wanted, coalesce(begun.id, own_hold), acting),
        'offered', case when begun.verdict = 'not_offered' then offered_by(wanted.doctor_id, acting.by_desk, acting.as_of) end
      )
    ),
    next_free,
    case when own_hold is null then '[]' else jsonb_build_array(appointment_details(own_hold)) end,
    case when released = '{}' then '[]' else list_appointments(released) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Begins a session: an appointment without a patient, which claims the doctor for everyone who will take part. Judged and
-- recorded as the front desk's bookings are.
--
-- Runs with the owner's rights, like `begin_appointment`, which checks the actor.
create or replace function begin_session(wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  -- One that is of no group is refused, with any capacity.
  wanted.capacity := coalesce(wanted.capacity, (select capacity from visit_types where id = wanted.visit_type_id), 1);
  return begin_appointment(wanted, wish, acting);
end
$$;
--> statement-breakpoint
-- The participants of a session who have something else at this time, by the ids of their appointments in it.
create or replace function busy_participants(of_session bigint, asked tstzrange, as_of timestamptz) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
return array(
  select participant.id
  from appointments participant
  where participant.session_id = of_session
  and participant.status not in ('cancelled', 'noshow')
  and (participant.hold_expires_at is null or participant.hold_expires_at > as_of)
  and is_claimed(resource_of_patient(participant.patient_id), asked, as_of, participant.id)
  order by participant.id
);
--> statement-breakpoint
-- Changes an appointment or a hold in any way that `transitions.ts` lists. No rule is written here, only the order of the
-- steps; each has a snapshot that shows what the steps before it waited for. One step judges and changes nothing, another
-- changes and judges nothing.
--
-- Answers with three lists: the appointment, or nothing when there is none or it is none of the actor's business; the holds
-- that this transaction released to make room; the participants, when it is a session that was cancelled or moved.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_appointment(wanted appointments, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_booking constant boolean := change.event = 'appointment.booked';
  is_move constant boolean := change.event = 'appointment.rescheduled';
  is_reassignment constant boolean := change.event = 'appointment.reassigned';
  before appointments;
  decided decision;
  former jsonb;
  details jsonb;
  busy bigint[];
  participants jsonb := '[]';
  released bigint[] := '{}';
  hold bigint;
  answer jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  if is_reassignment then
    perform pg_advisory_xact_lock(hashtext('merges'));
  end if;
  wanted.patient_id := follow_patient(wanted.patient_id);
  change.default_patient_id := follow_patient(change.default_patient_id);
  -- These take time that the appointment, or its patient, has not had.
  if is_booking or is_move or 'noshow' = any (change.from_statuses) then
    perform take_turns_to_change(wanted, change);
    released := lock_to_change(wanted, change, acting);
    foreach hold in array released loop
      perform release_hold(hold, acting);
    end loop;
  end if;
  select * into before
  from appointments one
  where one.id = wanted.id
  and (
    change.of_anyone
    or change.of_patients is not null and may_act_for(one.patient_id, acting)
    or one.doctor_id = change.of_doctor
    or one.stranger_id = change.of_browser
  )
  for no key update;
  if found then
    if is_booking then
      perform require_patient(
        coalesce(wanted.patient_id, before.patient_id, change.default_patient_id), acting
      );
    end if;
    -- A participant needs a place in the session that they move to, and another one when they did come after all.
    if is_move then
      wanted.place := free_place(wanted.session_id);
    elsif change.event = 'appointment.reopened' and before.status = 'noshow' then
      wanted.place := place_again(before);
    end if;
    decided := case
      when is_booking then judge_hold_booking(wanted, change, acting)
      when is_move and (before.session_id is not null or wanted.session_id is not null)
        then judge_session_move(wanted, change, acting)
      when is_move then judge_move(wanted, change, acting)
      when is_reassignment then judge_reassignment(wanted, change, acting)
      else judge_change(wanted, change, acting)
    end;
    -- Only a move changes where and when it is.
    if is_move then
      former := appointment_details(wanted.id);
    end if;
    if decided.verdict is null and is_move and before.capacity is not null then
      busy := busy_participants(before.id, tstzrange(decided.start_at, decided.end_at), acting.as_of);
      decided.verdict := case when busy <> '{}' then 'patient_busy' end;
    end if;
    if decided.verdict is null and before.capacity is not null
    and (is_move or change.event = 'appointment.cancelled') then
      participants := change_participants(before, wanted, change, decided, acting);
    end if;
    if decided.verdict is null then
      perform apply_decision(before, wanted, change, decided, acting);
    end if;
    details := appointment_details(wanted.id);
    former := coalesce(former, details);
    answer := jsonb_build_array(
      details || jsonb_build_object(
        'verdict', decided.verdict,
        'next_start_at', decided.next_start_at,
        'missing', case when is_move and before.session_id is null and decided.verdict in (
          'resource_taken', 'patient_busy', 'outside_hours'
        ) then
          find_missing(
            wanted_at(
              jsonb_populate_record(before, jsonb_build_object('visit_type_id', decided.visit_type_id)),
              decided.doctor_id, decided.location_id, decided.start_at, decided.end_at, decided.buffer_before_minutes,
              decided.buffer_after_minutes
            ),
            change, wanted.override_reason is null, acting
          )
        end,
        'offered', case when decided.verdict = 'not_offered' then offered_by(
          coalesce(wanted.doctor_id, before.doctor_id), acting.by_desk, acting.as_of
        ) end,
        'places_taken', case when before.capacity is not null then places_taken(before.id, acting.as_of) end,
        'next_sessions', case when decided.verdict = 'session_full' then next_sessions(
          coalesce(wanted.session_id, before.session_id), acting
        ) end,
        'busy_participants', busy,
        'former_patient_id', before.patient_id,
        'conflict', case when is_reassignment and decided.verdict = 'patient_busy' then appointment_details(
          find_conflict(wanted.id, wanted.patient_id, acting.as_of)
        ) end,
        'former', jsonb_build_object(
          'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
          'start_local', former -> 'start_local', 'end_local', former -> 'end_local',
          'hold_expires_at', before.hold_expires_at
        )
      )
    );
  end if;
  answers := jsonb_build_array(
    answer, case when released = '{}' then '[]' else list_appointments(released) end, participants
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Does to every participant what is about to be done to their session: it is cancelled or moved, each with its event. The
-- caller has locked the session. Answers with what `change_appointment` says of each.
--
-- Locked in the order of their ids, as everywhere. Moved in the order in which new appointments take their claims (patients
-- before doctors, the highest id first): someone who has what is taken next could otherwise wait for what was just taken.
create or replace function change_participants(
  session appointments, wanted appointments, change change, decision decision, acting acting
) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  one appointments;
  former jsonb;
  answers jsonb := '[]';
begin
  perform from appointments
  where session_id = session.id
  and status in ('pending', 'booked', 'arrived')
  order by id
  for no key update;
  -- Buffers are the session's, and so is its capacity.
  decision.buffer_before_minutes := null;
  decision.buffer_after_minutes := null;
  wanted.capacity := null;
  for one in
    select *
    from appointments
    where session_id = session.id
    and status in ('pending', 'booked', 'arrived')
    order by resource_of_patient(patient_id), id
  loop
    former := appointment_details(one.id);
    wanted.status := case when change.event = 'appointment.cancelled' then 'cancelled' else one.status end;
    if one.status = 'pending' and (wanted.status = 'cancelled' or one.hold_expires_at <= acting.as_of) then
      perform release_hold(one.id, acting);
    else
      perform apply_decision(one, wanted, change, decision, acting);
    end if;
    answers := answers || (appointment_details(one.id) || jsonb_build_object(
      'former', jsonb_build_object(
        'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
        'start_local', former -> 'start_local', 'end_local', former -> 'end_local',
        'hold_expires_at', one.hold_expires_at
      )
    ));
  end loop;
  return answers;
end
$$;
--> statement-breakpoint
-- Changes a session, and with it all who take part, as `change_appointment` does; answers with no appointment when it is not
-- a session. What is a session once stays one, so this needs no lock.
create or replace function change_session(wanted appointments, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  if not exists (select from appointments where id = wanted.id and capacity is not null) then
    return '[[], []]';
  end if;
  return change_appointment(wanted, change, acting);
end
$$;
--> statement-breakpoint
-- Before an appointment becomes this row: takes everything it needs there, the same as before where that is free. Without
-- needs and without names, and for participants of a session, there is nothing to choose, and the trigger on its row does the rest. Raises an error (23P01) when
-- something was taken since it was judged.
create or replace function claim_again(after appointments, change change, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  others claims[];
begin
  if after.session_id is not null or change.resource_ids is null
  and not exists (select from visit_type_needs where visit_type_id = after.visit_type_id)
  and not exists (select from claims where appointment_id = after.id and need_id is not null) then
    return;
  end if;
  others := pick_claims(
    after, array(select claim from claims_to_keep(after, change) claim), after.override_reason is not null, acting.as_of
  );
  if others is null then
    raise exclusion_violation using message = 'A need can no longer be met.';
  end if;
  perform renew_claims(after.id, array(select claim from claims_of(after) claim) || others);
end
$$;
--> statement-breakpoint
-- Takes everything that a new appointment needs: its doctor and patient, who and what was named, and what meets the needs of
-- its visit type. Answers with what was in the way, or null once all is taken; what is refused leaves nothing behind.
create or replace function claim_all(wanted appointments, wish wish, acting acting) returns text
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  own constant claims[] := array(select claim from claims_of(wanted) claim);
  named constant claims[] := case
    when num_nonnulls(wish.colleague_ids, wish.companion_ids, wish.resource_ids) > 0
      then array(select claim from named_claims(wanted, wish) claim)
    else '{}'
  end;
  others claims[] := named;
  -- Those of a group are met once, by the session.
  has_needs constant boolean := wanted.session_id is null
    and exists (select from visit_type_needs where visit_type_id = wanted.visit_type_id);
begin
  for attempt in 1..3 loop
    if has_needs or named <> '{}' then
      others := pick_claims(wanted, named, wanted.override_reason is not null, acting.as_of);
      if others is null then
        return 'resource_taken';
      end if;
    end if;
    if take_claims(own || others) then
      return null;
    end if;
    -- What was chosen may just have been taken by someone who does not take turns: then another is chosen.
    exit when not has_needs or exists (
      select from unnest(own || named) claim
      where is_claimed(claim.resource_id, claim.during, acting.as_of)
    );
  end loop;
  return coalesce((
    select case
      when claim.part in ('patient', 'companion') then 'patient_busy'
      when claim.part = 'doctor' then 'slot_taken'
      else 'resource_taken'
    end
    from unnest(own || others) claim
    where is_claimed(claim.resource_id, claim.during, acting.as_of)
    order by array_position(array['patient', 'companion', 'doctor'], claim.part)
    limit 1
  ), 'slot_taken');
end
$$;
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
  and hold.session_id is not distinct from wanted.session_id
  and hold.doctor_id = coalesce(wanted.doctor_id, hold.doctor_id)
  -- One of another length than the visit type's, which the front desk may wish for, has none.
  and (
    wanted.visit_type_id is null
    or hold.visit_type_id = wanted.visit_type_id
    or hold.visit_type_id is null and wish.ends is not null
  )
  and (wanted.session_id is not null or hold.start_at = instant_at(wish.starts, location.time_zone))
  and hold.end_at = coalesce(instant_at(wish.ends, location.time_zone), hold.end_at);
end;
--> statement-breakpoint
-- The lowest free place of a session; null when it is full, cancelled or unknown. Two who ask at once would get the same, so
-- callers lock the session first (`lock_sessions`, `lock_to_begin`).
create or replace function free_place(of_session bigint) returns smallint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(seat.place)::smallint
  from appointments session
  cross join lateral generate_series(1, session.capacity) as seat (place)
  where session.id = of_session
  and session.status = 'booked'
  -- After the capacity was lowered, some may have a place above it.
  and places_taken(session.id) < session.capacity
  and not exists (
    select from appointments participant
    where participant.session_id = session.id
    and participant.status not in ('cancelled', 'noshow')
    and participant.place = seat.place
  );
end;
--> statement-breakpoint
-- Whether as many slots are held from this network address, or from the wider network around it, as may be: for no patient
-- yet, so that no account's limit counts them.
create or replace function holds_too_many(wanted appointments, wish wish, acting acting) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
return wanted.status = 'pending' and wanted.patient_id is null and (
  wish.most_holds <= (
    select count(*)
    from appointments hold
    where hold.stranger_address_hash = wanted.stranger_address_hash
    and hold.status = 'pending'
    and hold.hold_expires_at > acting.as_of
  )
  or 4 * wish.most_holds <= (
    select count(*)
    from appointments hold
    where hold.stranger_wider_hash = wanted.stranger_wider_hash
    and hold.status = 'pending'
    and hold.hold_expires_at > acting.as_of
  )
);
--> statement-breakpoint
-- Inserts the wanted appointment, with its claims and its first event, unless a rule or a constraint refuses it. With any
-- doctor, each who is willing is tried until one is free. Nothing is judged here.
create or replace function insert_appointment(wanted appointments, wish wish, acting acting) returns beginning
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  judged record;
  event events;
  refused text;
  begun beginning;
begin
  for judged in
    select * from judge_beginning(wanted, wish, acting) where wanted.session_id is null
    union all
    select * from judge_participant(wanted, wish, acting) where wanted.session_id is not null
  loop
    begun.verdict := judged.verdict;
    exit when judged.verdict is not null;
    wanted.id := nextval(pg_get_serial_sequence('appointments', 'id'));
    wanted.doctor_id := judged.doctor_id;
    wanted.visit_type_id := judged.visit_type_id;
    wanted.start_at := judged.start_at;
    wanted.end_at := judged.end_at;
    wanted.location_id := judged.location_id;
    wanted.buffer_before_minutes := judged.buffer_before_minutes;
    wanted.buffer_after_minutes := judged.buffer_after_minutes;
    refused := claim_all(wanted, wish, acting);
    if refused is null then
      event := next_event(null, wanted, wish.event, wanted.override_reason, acting);
      insert into appointments (
        id, doctor_id, location_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes,
        buffer_after_minutes, override_reason, reason_for_visit, hold_expires_at, stranger_id, stranger_address_hash,
        stranger_wider_hash, awaits_approval, capacity, session_id, place, series_id, event_count, last_event_hash
      )
      overriding system value
      values (
        wanted.id, wanted.doctor_id, wanted.location_id, wanted.patient_id, wanted.visit_type_id, wanted.status,
        wanted.start_at, wanted.end_at, wanted.buffer_before_minutes, wanted.buffer_after_minutes,
        wanted.override_reason, wanted.reason_for_visit, wanted.hold_expires_at,
        case when wanted.patient_id is null then wanted.stranger_id end, wanted.stranger_address_hash,
        wanted.stranger_wider_hash, coalesce(wanted.awaits_approval, false), wanted.capacity, wanted.session_id,
        wanted.place, wanted.series_id, event.number, event.hash
      );
      perform append_event(event);
      begun.id := wanted.id;
      exit;
    end if;
    -- Which of the clinic's rooms and people were missing is not a patient's business.
    begun.verdict := case when refused = 'resource_taken' and acting.by_desk then refused end;
    begun.patient_was_busy := refused = 'patient_busy';
    exit when begun.patient_was_busy; -- with any other doctor, too
  end loop;
  return begun;
end
$$;
--> statement-breakpoint
-- Why nobody may join this session, or not this actor; null when they may, if it has a place. The front desk books online
-- or not, at any notice.
create or replace function judge_joining(session appointments, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when session.status <> 'booked' then 'wrong_status'
    when not (visit.is_active and doctor.is_active and location.is_active) then 'not_offered'
    when not acting.by_desk and not visit.bookable_online then 'not_offered'
    when session.start_at < acting.as_of then 'in_the_past'
    when acting.by_desk then null
    when session.start_at < acting.as_of + visit.notice_minutes * interval '1 minute' then 'short_notice'
    when session.start_at >= ((acting.as_of at time zone location.time_zone)::date + visit.horizon_days + 1)::timestamp
      at time zone location.time_zone then 'beyond_horizon'
  end
  from visit_types visit
  join doctors doctor on doctor.id = session.doctor_id
  join locations location on location.id = coalesce(session.location_id, doctor.location_id)
  where visit.id = session.visit_type_id;
end;
--> statement-breakpoint
-- The rules for giving an appointment to another patient, because it was booked for the wrong one. What is over may also
-- be given to someone who is no longer a patient; a hold is released instead.
create or replace function judge_reassignment(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when patient.id is null then 'no_patient'
      when one.hold_expires_at is not null or one.capacity is not null then 'wrong_status'
      when one.patient_id = patient.id then 'already'
      when change.version <> one.event_count then 'stale'
      when patient.erased_at is not null or former.erased_at is not null then 'patient_erased'
      when (patient.is_deceased or not patient.is_active)
      and one.status = any (array['booked', 'arrived'])
      and one.end_at > acting.as_of then 'patient_inactive'
      when find_conflict(one.id, patient.id, acting.as_of) is not null then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null, null, null
  )::decision
  from appointments one
  left join patients patient on patient.id = wanted.patient_id
  left join patients former on former.id = one.patient_id
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- The rules for moving a participant: only to another session of the same visit type, while it has a free place. They keep
-- their place until the other is theirs. What has no session cannot be moved into one: book a place instead.
create or replace function judge_session_move(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when one.status <> 'booked' then 'wrong_status'
      when wanted.session_id is null then 'session_needed'
      when session.id is null then 'no_session'
      when one.session_id = session.id then 'already'
      when change.version <> one.event_count then 'stale'
      when one.session_id is null or one.visit_type_id <> session.visit_type_id then 'not_offered'
      when not acting.by_desk
      and one.start_at - visit.cancellation_notice_minutes * interval '1 minute' <= acting.as_of then 'too_late'
      else coalesce(
        judge_joining(session, acting),
        case
          when not acting.by_desk
          and session.start_at - visit.cancellation_notice_minutes * interval '1 minute' <= acting.as_of then 'short_notice'
          when wanted.place is null then 'session_full'
          when is_claimed(
            resource_of_patient(one.patient_id), tstzrange(session.start_at, session.end_at), acting.as_of, one.id
          ) then 'patient_busy'
        end
      )
    end,
    session.doctor_id, null, session.start_at, session.end_at, null, null, null, null, session.visit_type_id, session.location_id
  )::decision
  from appointments one
  left join visit_types visit on visit.id = one.visit_type_id
  left join appointments session on session.id = wanted.session_id and session.capacity is not null
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- Makes the next event of an appointment, linked to the one before it. `before` is the row as it was, or null when the
-- appointment begins; `after` is the row as it will be, without the count and the hash that come from this event.
create or replace function next_event(
  before appointments, after appointments, kind text, reason text, acting acting
) returns events
language plpgsql
volatile
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
  if reason is not null then
    event.reason_salt := uuid_send(gen_random_uuid());
    event.reason_hash := commitment(reason, event.reason_salt);
  end if;
  if before.id is not null then
    event.before := appointment_facts(
      before.status, before.doctor_id, before.patient_id, before.visit_type_id, before.start_at, before.end_at,
      before.hold_expires_at
    ) || session_facts(before);
  end if;
  event.after := appointment_facts(
    after.status, after.doctor_id, after.patient_id, after.visit_type_id, after.start_at, after.end_at,
    after.hold_expires_at
  ) || session_facts(after);
  event.previous_hash := before.last_event_hash;
  event.hash := event_hash(event);
  return event;
end
$$;
--> statement-breakpoint
-- The next three sessions of the same visit type and location that the actor could join instead.
create or replace function next_sessions(of_session bigint, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(session_details(next.id, acting.as_of) order by next.start_at, next.id), '[]')
  from (
    select other.id, other.start_at
    from appointments asked
    join appointments other on other.visit_type_id = asked.visit_type_id
    where asked.id = of_session
    and other.id <> asked.id
    and other.location_id is not distinct from asked.location_id
    and other.start_at > acting.as_of
    and other.capacity > places_taken(other.id, acting.as_of)
    and other.status = 'booked'
    and judge_joining(other, acting) is null
    order by other.start_at, other.id
    limit 3
  ) next;
end;
--> statement-breakpoint
-- A place for someone who was thought to have missed their session; null when it is full by now, cancelled or moved.
create or replace function place_again(participant appointments) returns smallint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select free_place(session.id)
  from appointments session
  where session.id = participant.session_id
  and session.start_at = participant.start_at
  and session.end_at = participant.end_at;
end;
--> statement-breakpoint
-- Reads a wish against the clinic's data: one row for each doctor who may be meant, or one row without a doctor. Nothing
-- is judged here; what is unknown, not offered or no longer in use is null. `lasting` is the length of the visit type that
-- was meant. When the front desk wishes for another length, the appointment is of no visit type and has no buffers.
create or replace function read_wish(wanted appointments, wish wish, acting acting) returns table (
  doctor_id bigint, resource_id bigint, patient_id bigint, location_id bigint, time_zone text,
  visit_type_id bigint, lasting interval, buffer_before_minutes smallint, buffer_after_minutes smallint, daily_cap smallint,
  start_at timestamptz, end_at timestamptz
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.id, doctor.resource_id, patient.id,
    case
      when doctor.works_elsewhere and wish.location_id is null then location_at(
        doctor.id, tstzrange(read.start_at, greatest(read.start_at, meeting.end_at)), null
      )
      else coalesce(wish.location_id, doctor.location_id)
    end,
    location.time_zone,
    kept.id, visit.minutes * interval '1 minute', kept.buffer_before_minutes, kept.buffer_after_minutes, kept.daily_cap,
    read.start_at, meeting.end_at
  from (values (wanted.patient_id)) named (patient_id)
  left join (
    (
      select wanted.doctor_id as id where wanted.doctor_id is not null
      union all
      select offer.doctor_id from doctor_visit_types offer
      where wanted.doctor_id is null and offer.visit_type_id = wanted.visit_type_id
    ) meant
    cross join lateral (
      select *, exists (
        select from doctor_locations work
        where work.doctor_id = one.id
        and work.location_id <> one.location_id
      ) as works_elsewhere
      from doctors one
      where one.id = meant.id
      and one.is_active
      and exists (
        select from doctor_locations work
        join locations place on place.id = work.location_id and place.is_active
        where work.doctor_id = one.id
        and (wish.location_id is null or work.location_id = wish.location_id)
      )
      and (wish.specialty is null or one.specialty = wish.specialty)
      offset 0 -- or a plan made for any doctor would read all of them for one
    ) doctor
  ) on true
  -- All locations of a doctor have the same clock.
  left join locations location on location.id = doctor.location_id
  left join patients patient on patient.id = named.patient_id and patient.erased_at is null
  cross join lateral (
    select instant_at(wish.starts, location.time_zone) as start_at, instant_at(wish.ends, location.time_zone) as end_at
  ) read
  left join lateral (
    select kind.*
    from doctor_visit_types offer
    join visit_types kind on kind.id = offer.visit_type_id
    where offer.doctor_id = doctor.id
    -- When none is named, a patient means the doctor's first visit type of exactly that length, in person if there is one.
    -- The front desk means none.
    and case
      when wanted.visit_type_id is not null then kind.id = wanted.visit_type_id
      else kind.minutes * interval '1 minute' = read.end_at - read.start_at and not acting.by_desk and kind.capacity is null
    end
    and (kind.bookable_online or acting.by_desk)
    and kind.is_active
    order by kind.mode <> 'in_person', kind.id
    limit 1
  ) visit on true
  left join lateral (
    select visit.id, visit.buffer_before_minutes, visit.buffer_after_minutes, visit.daily_cap
    where not acting.by_desk
    or read.end_at is null
    or read.end_at - read.start_at = visit.minutes * interval '1 minute'
  ) kept on true
  cross join lateral (
    select coalesce(read.end_at, read.start_at + visit.minutes * interval '1 minute') as end_at
  ) meeting;
end;
--> statement-breakpoint
-- Makes changes that take time of the same doctors or patients wait for one another, always in the same order: two
-- appointments that swap times would otherwise deadlock.
create or replace function take_turns_to_change(wanted appointments, change change) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended('resource ' || resource_id, 0) as key
    from (
      select claim.resource_id from claims claim where claim.appointment_id = wanted.id
      union all
      select doctor.resource_id from doctors doctor where doctor.id = wanted.doctor_id
      union all
      select resource_of_patient(coalesce(wanted.patient_id, change.default_patient_id))
      union all
      -- With a session go all who take part in it.
      select resource_of_patient(participant.patient_id)
      from appointments participant
      where participant.session_id = wanted.id
      and participant.status not in ('cancelled', 'noshow')
    ) busy
    where resource_id is not null
    order by key
    offset 0
  ) in_order;
end;
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
      when one.capacity = wanted.capacity then 'already'
      when change.version <> one.event_count then 'stale'
      when one.status <> all (change.from_statuses) then 'wrong_status'
      -- Those who take part arrive or miss it, each for themselves.
      when one.capacity is not null
      and change.event <> all (array['appointment.cancelled', 'appointment.resized']) then 'wrong_status'
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
              and kind <> 'appointment.reassigned'
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
--> statement-breakpoint
-- The rules for taking part in a session: why a place is not held or booked; null when only a constraint can still refuse
-- it. Answers in the columns of `judge_beginning`: a participant has the session's doctor, place and time, and no buffers,
-- because the session keeps them free once for all. The caller has locked the session and looked for a free place.
create or replace function judge_participant(wanted appointments, wish wish, acting acting) returns table (
  verdict text, doctor_id bigint, location_id bigint, visit_type_id bigint, start_at timestamptz, end_at timestamptz,
  buffer_before_minutes smallint, buffer_after_minutes smallint
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    case
      when session.id is null then 'no_session'
      when patient.id is null and wanted.patient_id is not null then 'no_patient'
      when judge_patient(patient.id, null, acting) = 'patient_inactive' then 'patient_inactive'
      else coalesce(
        judge_joining(session, acting),
        case when holds_too_many(wanted, wish, acting) then 'too_many_holds' end,
        judge_account(wanted, acting),
        case
          when wanted.status <> 'pending'
          and judge_patient(patient.id, session.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
        end,
        case when wanted.place is null then 'session_full' end
      )
    end,
    session.doctor_id, session.location_id, session.visit_type_id, session.start_at, session.end_at, 0::smallint, 0::smallint
  from (values (wanted.session_id, wanted.patient_id)) asked (session_id, patient_id)
  left join appointments session on session.id = asked.session_id and session.capacity is not null
  left join patients patient on patient.id = asked.patient_id and patient.erased_at is null;
end;
--> statement-breakpoint
-- Locks what a wish needs before it can be judged, in seven steps:
-- 1. waits for other bookings of the same account, and
-- 2. for those of a visit type with a daily cap, so that each counts those before it;
-- 3. waits for time off or a closure that is being entered;
-- 4. waits for other bookings of people who are on the way between locations, because no constraint sees that;
-- 5. waits for others who choose rooms, devices and colleagues for the same days;
-- 6. locks the session that is to be joined, so that each gets another place, and nobody one in a session that is being
--    cancelled or moved;
-- 7. locks expired holds that are in the way or would count, and the browser's other hold: it has one at a time. They are
--    found once for all doctors who may be meant, and checked again when they are locked.
--
-- Answers with the ids of these holds, which the caller releases.
create or replace function lock_to_begin(wanted appointments, wish wish, acting acting) returns bigint[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select take_turns_by_account(acting);

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
  and (wish.location_id is null or exists (
    select from doctor_locations work
    where work.doctor_id = doctor.id
    and work.location_id = wish.location_id
  ))
  and (wish.specialty is null or doctor.specialty = wish.specialty)
  order by offer.doctor_id, offer.visit_type_id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  select take_turns_to_travel(array(
    select doctor.resource_id
    from doctors doctor
    where doctor.id = any (wish.colleague_ids || wanted.doctor_id)
    union all
    select doctor.resource_id
    from doctor_visit_types offer
    join doctors doctor on doctor.id = offer.doctor_id
    where wanted.doctor_id is null
    and offer.visit_type_id = wanted.visit_type_id
    union all
    select doctor.resource_id
    from visit_type_needs need
    join doctors doctor on doctor.role = need.role
    where need.visit_type_id = wanted.visit_type_id
  ))
  where exists (select from travel_times);

  select take_turns_for_needs(array_agg(asked.location_id), array_agg(tstzrange(asked.start_at, asked.end_at)))
  from read_wish(wanted, wish, acting) asked
  where asked.start_at < asked.end_at
  and (wish.resource_ids is not null or exists (
    select from visit_type_needs where visit_type_id = asked.visit_type_id
  ));

  select lock_sessions(wanted);

  with
  asked as materialized (
    -- Two hours on either side leave room for the longest buffers.
    select asked.*, tstzrange(
      least(start_at, end_at) - interval '2 hours' - travel.longest, end_at + interval '2 hours' + travel.longest
    ) as around
    from read_wish(wanted, wish, acting) asked
    cross join travel_from(asked.location_id) travel
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
      select hold.appointment_id
      from asked
      join claims hold on hold.resource_id = asked.resource_id and hold.during && asked.around
      where hold.expires_at <= acting.as_of
      union all
      select hold.appointment_id
      from asked
      join claims hold on hold.during && asked.around
      where hold.resource_id = any (array(
        select resource_id from doctors where id = any (wish.colleague_ids)
        union all
        select resource_of_patient(companion.id) from unnest(wish.companion_ids) companion (id)
        union all
        select unnest(wish.resource_ids)
        union all
        select one.resource_id from candidates_for_needs(asked.visit_type_id, asked.location_id) one
      ))
      and hold.expires_at <= acting.as_of
      union all
      select hold.id
      from asked
      join appointments hold on hold.doctor_id = asked.doctor_id
      where asked.daily_cap is not null
      and hold.visit_type_id = asked.visit_type_id
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      union all
      select hold.id
      from appointments hold
      where hold.patient_id = wanted.patient_id
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      and (wanted.status = 'pending' or exists (
        select from asked where tstzrange(hold.start_at, hold.end_at) && asked.around
      ))
      union all
      select hold.id
      from appointments hold
      where hold.patient_id = any (
        array(select patient_id from account_patients where account_id = acting.account_id)
      )
      and wanted.status = 'pending'
      and not acting.by_desk
      and hold.start_at > acting.as_of - interval '8 hours'
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      union all
      select hold.id
      from appointments hold
      where hold.session_id = wanted.session_id
      and hold.status not in ('cancelled', 'noshow')
      and hold.hold_expires_at <= acting.as_of
      union all
      select hold.id
      from appointments hold
      where hold.status = 'pending'
      and hold.stranger_id = wanted.stranger_id
      and (wanted.session_id is null or hold.session_id is distinct from wanted.session_id)
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
  select array(select id from locked);
end;
--> statement-breakpoint
-- Locks what a change of time needs before it can be judged, in seven steps:
-- 1. to book a hold, waits for other bookings of the same account, and
-- 2. for those of a visit type with a daily cap, so that each counts those before it;
-- 3. waits for time off or a closure that is being entered;
-- 4. waits for other bookings of people who are on the way between locations, because no constraint sees that;
-- 5. waits for others who choose rooms, devices and colleagues for the same days;
-- 6. locks the session, or those that a participant leaves and joins;
-- 7. locks the appointment and the expired holds of everyone who takes part around that time, in the order of their
--    ids. The appointment is among them because it may itself be a hold that another request is releasing.
--
-- Answers with the ids of these holds, which the caller releases.
create or replace function lock_to_change(wanted appointments, change change, acting acting) returns bigint[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select take_turns_by_account(acting)
  where change.event = 'appointment.booked';

  select
  from appointments one
  join visit_types visit on visit.id = one.visit_type_id and visit.daily_cap is not null
  join doctor_visit_types offer
    on offer.visit_type_id = visit.id and offer.doctor_id = coalesce(wanted.doctor_id, one.doctor_id)
  where one.id = wanted.id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  select take_turns_to_travel(array(
    select claim.resource_id
    from claims claim
    where claim.appointment_id = wanted.id
    union all
    select doctor.resource_id
    from doctors doctor
    where doctor.id = wanted.doctor_id
    union all
    select doctor.resource_id
    from appointments one
    join visit_type_needs need on need.visit_type_id = any (array[one.visit_type_id, wanted.visit_type_id])
    join doctors doctor on doctor.role = need.role
    where one.id = wanted.id
  ))
  where exists (select from travel_times);

  -- Eight hours are the longest that an appointment lasts.
  select take_turns_for_needs(array_agg(work.location_id), array_agg(tstzrange(asked.start_at, asked.start_at + interval '8 hours')))
  from appointments one
  join doctors doctor on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
  join locations location on location.id = doctor.location_id
  join doctor_locations work on work.doctor_id = doctor.id
  cross join lateral (
    select coalesce(instant_at(change.starts, location.time_zone), one.start_at) as start_at
  ) asked
  where one.id = wanted.id
  and change.event <> 'appointment.booked'
  and (change.resource_ids is not null or exists (
    select from visit_type_needs where visit_type_id = any (array[one.visit_type_id, wanted.visit_type_id])
  ));

  select lock_sessions(wanted);

  with
  busy as materialized (
    select
      -- Booking a hold takes no other time of the doctor than the hold's own.
      case when change.event <> 'appointment.booked' then doctor.id end as doctor_id,
      array(
        select coalesce(wanted.patient_id, one.patient_id, change.default_patient_id)
        union all
        select participant.patient_id
        from appointments participant
        where participant.session_id = one.id
        and participant.status not in ('cancelled', 'noshow')
      ) as patient_ids,
      -- Wide enough for the whole local day, in which a daily cap counts.
      asked.start_at - interval '36 hours' as earliest,
      asked.start_at + interval '36 hours' as latest,
      array[one.session_id, wanted.session_id] as session_ids
    from appointments one
    join doctors doctor on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
    join locations location on location.id = doctor.location_id
    cross join lateral (
      select coalesce(
        instant_at(change.starts, location.time_zone),
        (select start_at from appointments where id = wanted.session_id),
        one.start_at
      ) as start_at
    ) asked
    where one.id = wanted.id
  ),
  locked as (
    select hold.id
    from appointments hold
    where hold.id = any (array(
      select wanted.id
      union all
      select other.id
      from busy
      join appointments other on other.doctor_id = busy.doctor_id
      where other.start_at between busy.earliest and busy.latest
      and other.status = 'pending'
      and other.hold_expires_at <= acting.as_of
      union all
      select other.id
      from busy
      join appointments other on other.patient_id = any (busy.patient_ids)
      where other.start_at between busy.earliest and busy.latest
      and other.status = 'pending'
      and other.hold_expires_at <= acting.as_of
      union all
      select other.id
      from busy
      join appointments other on other.session_id = any (busy.session_ids)
      where other.status not in ('cancelled', 'noshow')
      and other.hold_expires_at <= acting.as_of
      union all
      select other.appointment_id
      from busy
      join claims other
        on other.resource_id = any (array(select claim.resource_id from claims claim where claim.appointment_id = wanted.id))
        and other.during && tstzrange(busy.earliest, busy.latest)
      where other.expires_at <= acting.as_of
      union all
      select other.appointment_id
      from busy
      join appointments one on one.id = wanted.id
      join doctor_locations work on work.doctor_id = busy.doctor_id
      cross join unnest(array[one.visit_type_id, wanted.visit_type_id]) visit (type_id)
      cross join candidates_for_needs(visit.type_id, work.location_id) candidate
      join claims other
        on other.resource_id = candidate.resource_id
        and other.during && tstzrange(busy.earliest, busy.latest)
      where other.expires_at <= acting.as_of
    ))
    and (hold.id = wanted.id or hold.status = 'pending' and hold.hold_expires_at <= acting.as_of)
    order by hold.id
    for update
  )
  select array(select id from locked where id <> wanted.id);
end;
--> statement-breakpoint
-- The starts inside the window that can be booked, at one of the doctor's locations or, without one, at any. The booking pages list them, and a booking asks for the window
-- [start, start], so both follow the same rules.
--
-- `load` is the number of the doctor's appointments on that day. It is only counted when the caller reads it, or when the
-- visit type has a daily cap.
create or replace function open_slots(
  of_doctor bigint, at_location bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint
) returns table (start_at timestamptz, end_at timestamptz, load bigint, location_id bigint)
language sql
stable
begin atomic
  select slot.start_at, slot.start_at + terms.lasting, stretch.load, terms.location_id
  from visit_terms(of_doctor, at_location, of_visit_type, by_desk, as_of) terms
  cross join lateral (
    select
      greatest(lower(within), terms.earliest) as first_start,
      -- Never before the first, so that the ranges below can be made; the starts are judged at the end.
      greatest(lower(within), terms.earliest, least(upper(within), terms.latest)) as last_start
    offset 0
  ) bounds
  cross join lateral free_time(
    of_doctor, terms.location_id, tstzrange(bounds.first_start, bounds.last_start + terms.lasting),
    terms.buffer_before, terms.buffer_after, as_of, except_for
  ) free
  cross join lateral (
    select case when exists (select from visit_type_needs where visit_type_id = of_visit_type) then (
      select starts_with_needs(
        of_visit_type, terms.location_id, tstzrange(bounds.first_start, bounds.last_start), terms.lasting,
        doctor.resource_id, as_of, except_for
      )
      from doctors doctor
      where doctor.id = of_doctor
    ) end as starts
    offset 0
  ) needs
  cross join lateral (
    select
      midnight as begins_at,
      next_midnight as ends_at,
      is_plain,
      -- On a day with a clock change, look at every five minutes: the grid may move against midnight. On any other it
      -- begins at midnight, because it divides the day, and no start need be looked at again.
      case when is_plain then terms.grid else interval '5 minutes' end as step
    from (
      select
        -- The day before, too: where midnight comes twice, a day begins with the later one.
        (bounds.first_start at time zone terms.time_zone)::date - 1 as first_date,
        (bounds.last_start at time zone terms.time_zone)::date as last_date
      offset 0
    ) dates
    cross join generate_series(0, dates.last_date - dates.first_date) as day
    cross join lateral (
      select
        (dates.first_date + day)::timestamp at time zone terms.time_zone as midnight,
        (dates.first_date + day + 1)::timestamp at time zone terms.time_zone as next_midnight
      offset 0
    ) clock
    cross join lateral (select next_midnight - midnight = interval '24 hours' as is_plain offset 0) length
  ) day
  cross join lateral (
    select piece, (
      select load.appointments
      from load_within(of_doctor, of_visit_type, tstzrange(day.begins_at, day.ends_at), as_of, except_for) load
    ) as load
    from unnest(free.during * tstzmultirange(tstzrange(day.begins_at, day.ends_at + terms.lasting))) as piece
    where terms.daily_cap is null or terms.daily_cap > (
      select load.of_that_type
      from load_within(of_doctor, of_visit_type, tstzrange(day.begins_at, day.ends_at), as_of, except_for) load
    )
    offset 0
  ) stretch
  cross join lateral generate_series(
    date_bin(day.step, lower(piece) + day.step - interval '1 microsecond', day.begins_at),
    upper(piece) - terms.lasting,
    day.step
  ) as slot (start_at)
  where not visit_type_is_group(of_visit_type) -- its sessions are offered
  and slot.start_at < day.ends_at
  and within @> slot.start_at
  and slot.start_at < terms.latest
  and (needs.starts is null or needs.starts @> slot.start_at)
  and (
    day.is_plain
    or date_bin(terms.grid, slot.start_at at time zone terms.time_zone, timestamp '2000-01-01')
      = slot.start_at at time zone terms.time_zone
  );
end;
--> statement-breakpoint
-- Every start that a doctor offers for a visit type on these local dates, both included, at one of their locations or any;
-- no row for an unknown doctor. The lists hold minutes since 1970: the starts, and starts and ends on the wall clock.
-- Written as dates they would take four times as long. `places` has the location of each start, unless there is only one.
--
-- `except_for` is the appointment that is being moved: what it occupies counts as free.
create or replace function free_starts(
  of_doctor bigint, at_location bigint, of_visit_type bigint, first_date date, last_date date, by_desk boolean,
  as_of timestamptz, except_for bigint
) returns table (
  doctor text, locations json, time_zone text,
  visit_type_is_known boolean, is_offered boolean, visit_minutes smallint,
  starts json, local_starts json, local_ends json, places json
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.name, work.places, location.time_zone,
    visit.is_active is true and (visit.bookable_online or by_desk),
    doctor.is_active and work.is_in_use and exists (
      select from doctor_visit_types offer
      where offer.doctor_id = of_doctor and offer.visit_type_id = of_visit_type
    ) and not visit_type_is_group(of_visit_type),
    visit.minutes, slots.starts, slots.local_starts, slots.local_ends, slots.places
  from doctors doctor
  join locations location on location.id = doctor.location_id
  cross join lateral (
    select
      json_agg(json_build_object('id', place.id, 'name', place.name) order by place.id) as places, count(*) as number,
      bool_or(place.is_active) as is_in_use
    from doctor_locations pair
    join locations place on place.id = pair.location_id
    where pair.doctor_id = of_doctor
    offset 0
  ) work
  left join visit_types visit on visit.id = of_visit_type
  cross join lateral (
    select
      json_agg((date_part('epoch', slot.start_at) / 60)::integer order by slot.start_at) as starts,
      json_agg(
        (date_part('epoch', slot.start_at at time zone location.time_zone) / 60)::integer order by slot.start_at
      ) as local_starts,
      json_agg(
        (date_part('epoch', slot.end_at at time zone location.time_zone) / 60)::integer order by slot.start_at
      ) as local_ends,
      json_agg(slot.location_id order by slot.start_at) filter (where work.number > 1) as places
    from open_slots(
      of_doctor, at_location, of_visit_type,
      tstzrange(
        first_date::timestamp at time zone location.time_zone,
        (last_date + 1)::timestamp at time zone location.time_zone
      ),
      by_desk, as_of, except_for
    ) slot
  ) slots
  where doctor.id = of_doctor;
end;
--> statement-breakpoint
-- The rules for a new appointment: why a hold, a booking or a walk-in is refused; null when only a constraint can still
-- refuse it. One row for each doctor who may be meant. The first is the one to try, the doctor with the least to do that
-- day; when all refuse, it has the verdict that a small change of the wish is likely to overcome.
create or replace function judge_beginning(wanted appointments, wish wish, acting acting) returns table (
  verdict text, doctor_id bigint, location_id bigint, visit_type_id bigint, start_at timestamptz, end_at timestamptz,
  buffer_before_minutes smallint, buffer_after_minutes smallint
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  account as materialized (
    select judge_account(wanted, acting) as verdict
  ),
  judged as materialized (
    select asked.*, coalesce(case
      when asked.doctor_id is null and wanted.doctor_id is null then 'not_offered'
      -- Retired, or of a location that is closed for good.
      when asked.doctor_id is null and exists (
        select from doctors retired
        where retired.id = wanted.doctor_id
        and not (retired.is_active and exists (
          select from doctor_locations work
          join locations place on place.id = work.location_id and place.is_active
          where work.doctor_id = retired.id
          and (wish.location_id is null or work.location_id = wish.location_id)
        ))
      ) then 'not_offered'
      when asked.doctor_id is null then 'no_doctor'
      when asked.patient_id is null and wanted.patient_id is not null then 'no_patient'
      when judge_patient(asked.patient_id, null, acting) = 'patient_inactive' then 'patient_inactive'
      when asked.lasting is null and (not acting.by_desk or wanted.visit_type_id is not null) then 'not_offered'
      -- A group is booked as a session, and a place in a session by its `session_id`.
      when wanted.capacity is null
      and visit_type_is_group(coalesce(asked.visit_type_id, wanted.visit_type_id)) then 'session_needed'
      when wanted.capacity is not null and not visit_type_is_group(asked.visit_type_id) then 'not_a_group'
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
      when holds_too_many(wanted, wish, acting) then 'too_many_holds'
      when account.verdict = 'too_many_holds' then 'too_many_holds'
      when account.verdict = 'too_many_appointments' then 'too_many_appointments'
      -- The number can still be added while the time is held.
      when wanted.status <> 'pending'
      and judge_patient(asked.patient_id, asked.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
      -- The front desk books at any minute of the doctor's hours, and outside them or beyond the horizon with a reason.
      when acting.by_desk then case
        when wanted.override_reason is null
        and asked.start_at >= horizon_of(asked.doctor_id, asked.visit_type_id, acting.as_of) then 'beyond_horizon'
        when wanted.override_reason is null
        and not is_open_time(asked.doctor_id, asked.location_id, tstzrange(asked.start_at, asked.end_at))
          then 'outside_hours'
        when is_on_the_way(
          asked.resource_id, asked.location_id,
          claimed_time(
            wanted.status, asked.start_at, asked.end_at, coalesce(asked.buffer_before_minutes, 0),
            coalesce(asked.buffer_after_minutes, 0)
          ),
          acting.as_of, null
        ) then 'slot_taken'
      end
      when not is_open_slot(
        asked.doctor_id, asked.location_id, asked.visit_type_id, asked.start_at, false, acting.as_of, null
      ) then coalesce(
        judge_slot(
          asked.doctor_id, asked.location_id, asked.visit_type_id, asked.start_at, false, acting.as_of, null
        ),
        'slot_taken'
      )
    end, case
      when num_nonnulls(wish.colleague_ids, wish.companion_ids, wish.resource_ids) > 0 then judge_named(
        wanted_at(
          wanted, asked.doctor_id, asked.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
          asked.buffer_after_minutes
        ),
        wish, wanted.doctor_id is null, acting
      )
    end) as verdict
    from read_wish(wanted, wish, acting) asked
    cross join account
  )
  select
    judged.verdict, judged.doctor_id, judged.location_id, judged.visit_type_id, judged.start_at, judged.end_at,
    coalesce(judged.buffer_before_minutes, 0::smallint), coalesce(judged.buffer_after_minutes, 0::smallint)
  from judged
  order by
    judged.verdict is not null,
    array_position(array[
      'slot_taken', 'resource_taken', 'off_grid', 'day_full', 'short_notice', 'outside_hours', 'in_the_past', 'beyond_horizon', 'not_offered'
    ], judged.verdict),
    case when wanted.doctor_id is null and judged.verdict is null then (
      select load.appointments
      from load_within(judged.doctor_id, null, local_day(judged.start_at, judged.time_zone), acting.as_of) load
    ) end,
    judged.doctor_id;
end;
--> statement-breakpoint
-- The rules for booking a hold. Its notice and horizon were judged when it was held; whether the doctor is there is judged
-- again. A hold that has expired may still be booked while its slot is open, and one of a place while nobody else
-- has it.
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
      when judge_patient(patient.id, one.visit_type_id, acting) = 'patient_inactive' then 'patient_inactive'
      when judge_patient(patient.id, one.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
      when one.start_at < acting.as_of then 'in_the_past'
      when one.hold_expires_at <= acting.as_of
      and not acting.by_desk
      and one.session_id is null
      and not is_open_slot(
        one.doctor_id, place.location_id, one.visit_type_id, one.start_at, false, acting.as_of, one.id
      )
      then 'hold_expired'
      -- Its own claim kept nobody from the way to it once it had expired.
      when one.session_id is null and is_on_the_way(
        doctor.resource_id, place.location_id,
        claimed_time('booked', one.start_at, one.end_at, one.buffer_before_minutes, one.buffer_after_minutes),
        acting.as_of, one.id
      ) then 'hold_expired'
      when judge_account(wanted, acting) is not null then 'too_many_appointments'
      when one.visit_type_id is not null
      and not exists (select from visit_terms(one.doctor_id, place.location_id, one.visit_type_id, true, acting.as_of))
        then 'not_offered'
      when one.session_id is null
      and not is_open_time(one.doctor_id, place.location_id, tstzrange(one.start_at, one.end_at)) then 'outside_hours'
      when is_claimed(
        resource_of_patient(patient.id), tstzrange(one.start_at, one.end_at), acting.as_of, one.id
      ) then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null, null, null
  )::decision
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  cross join lateral (select coalesce(one.location_id, doctor.location_id) as location_id) place
  cross join lateral (
    select coalesce(wanted.patient_id, one.patient_id, change.default_patient_id) as patient_id
  ) named
  left join patients patient on patient.id = named.patient_id and patient.erased_at is null
  where one.id = wanted.id;
end;

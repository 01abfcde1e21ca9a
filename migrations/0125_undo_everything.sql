-- Empties everything that people wrote about these appointments: why they came, why the front desk made an exception, notes,
-- and the reasons of their events. Times, statuses and the chains of events stay, and still verify. Not for the Worker's database
-- role, which may not write these tables: only functions that erase or forget call it.
create or replace function empty_reasons(of_appointments bigint[]) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  one bigint;
begin
  for one in select id from appointments where id = any (of_appointments) order by id for no key update loop
    perform commit_old_reasons(one);
  end loop;
  update events
  set reason = null, reason_salt = null
  where appointment_id = any (of_appointments)
  and reason is not null;
  update appointments
  set reason_for_visit = null, override_reason = null, note = null
  where id = any (of_appointments)
  and (reason_for_visit is not null or override_reason is not null or note is not null);
end
$$;
--> statement-breakpoint
-- The last event of an appointment that still counts: not one that was taken back, nor one that takes another back, nor a
-- note, who else takes part, or the merge of two records. Null when there is none.
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
    elsif event.kind = any (array['appointment.noted', 'appointment.people_changed'])
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
-- An appointment as it would be if its last change were taken back; a booking becomes cancelled. The row that is given is the
-- one of now.
create or replace function row_before(one appointments, last events) returns appointments
language plpgsql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  facts constant jsonb := last.before;
  was appointments := one;
begin
  if last.kind = any (array['appointment.booked', 'appointment.walked_in']) then
    was.status := 'cancelled';
    return was;
  end if;
  was.status := facts ->> 'status';
  was.patient_id := (
    select coalesce(patient.moved_to_id, patient.id) from patients patient where id = (facts ->> 'patient_id')::bigint
  );
  was.hold_expires_at := case when was.status = 'pending' then (facts ->> 'hold_expires_at')::timestamptz end;
  -- Holds become appointments by being booked, so that what was pending before any other change waits for the clinic.
  was.awaits_approval := was.status = 'pending';
  if was.status = any (array['booked', 'pending']) then
    was.arrived_at := null;
    was.started_at := null;
  elsif last.kind = 'appointment.started' then
    was.started_at := null;
  end if;
  was.session_id := (facts ->> 'session_id')::bigint;
  was.place := (facts ->> 'place')::smallint;
  if was.session_id is not null
  and (one.status = any (array['noshow', 'cancelled']) or was.session_id <> one.session_id) then
    was.place := place_again(was);
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
  return was;
end
$$;
--> statement-breakpoint
-- Every text that is stored about the person of these records and in the accounts with which they sign in: names, addresses,
-- numbers, notes and reasons, as they are and as they were.
create or replace function texts_about(records bigint[]) returns text[]
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  own as materialized (
    select id, email, name
    from accounts
    where id = any (array(
      select account_id from account_patients where patient_id = any (records) and relation = 'self'
    ))
  ),
  documents as (
    select to_jsonb(patient) as document from patients patient where id = any (records)
    union all
    select to_jsonb(own) from own
    union all
    select jsonb_build_array(before, after, reason) from patient_events where patient_id = any (records)
    union all
    select jsonb_build_array(changes, reason) from correction_requests where patient_id = any (records)
    union all
    select to_jsonb(email) from patient_invitations where patient_id = any (records)
    union all
    select to_jsonb(value) from patient_identifiers where patient_id = any (records)
    union all
    select jsonb_build_array(reason_for_visit, override_reason, note) from appointments where patient_id = any (records)
    union all
    select to_jsonb(reason)
    from events
    where appointment_id = any (array(select id from appointments where patient_id = any (records)))
  )
  select array(
    select distinct value #>> '{}'
    from documents
    cross join lateral jsonb_path_query(document, 'strict $.** ? (@.type() == "string")') value
    where length(value #>> '{}') > 2
  );
end;
--> statement-breakpoint
-- Takes back the last change of an appointment that still counts, whatever it was: the event holds what was before. No rule
-- is written here, only the order of the steps (`judge_undo` has the rules).
--
-- Answers as `change_appointment` does, with the kind of the event that this wrote and the status before.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function undo_change(wanted appointments, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  one appointments;
  was appointments;
  last events;
  seen integer;
  verdict text;
  former jsonb;
  released bigint[] := '{}';
  hold bigint;
  answer jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  last := last_change(wanted.id);
  if last.kind = 'appointment.reassigned' then
    perform pg_advisory_xact_lock(hashtext('merges'));
  else
    perform follow_patient(null);
  end if;
  select * into one from appointments where id = wanted.id;
  if last.kind = any (array[
    'appointment.cancelled', 'appointment.declined', 'appointment.missed', 'appointment.rescheduled',
    'appointment.visit_type_changed'
  ]) then
    -- This takes time that the appointment has not got now.
    was := row_before(one, last);
    wanted.doctor_id := was.doctor_id;
    wanted.patient_id := was.patient_id;
    wanted.visit_type_id := was.visit_type_id;
    wanted.session_id := was.session_id;
    change.starts := in_utc(was.start_at);
    perform take_turns_to_change(wanted, change);
    released := lock_to_change(wanted, change, acting);
    foreach hold in array released loop
      perform release_hold(hold, acting);
    end loop;
  end if;
  select * into one
  from appointments
  where id = wanted.id
  and (change.of_anyone or doctor_id = change.of_doctor)
  and (hold_expires_at is null or awaits_approval)
  for no key update;
  if one.id is not null then
    seen := last.number;
    last := last_change(one.id);
    was := row_before(one, last);
    if last.kind = any (array['appointment.rescheduled', 'appointment.visit_type_changed']) then
      change.reason := was.override_reason;
      if (last.before -> 'room_ids', last.before -> 'device_ids')
        is distinct from (last.after -> 'room_ids', last.after -> 'device_ids') then
        change.resource_ids := array(
          select jsonb_array_elements_text(coalesce(last.before -> taken.part, '[]'))::bigint
          from (values ('room_ids'), ('device_ids')) taken (part)
        );
      end if;
    end if;
    verdict := judge_undo(one, was, last, change, acting);
    if verdict is null and seen is distinct from last.number then
      verdict := 'stale';
    end if;
    change.event := case
      when last.kind = any (array['appointment.booked', 'appointment.walked_in']) then 'appointment.cancelled'
      when last.kind = 'appointment.started' then 'appointment.start_undone'
      when last.kind = any (array[
        'appointment.rescheduled', 'appointment.visit_type_changed', 'appointment.reassigned'
      ]) then last.kind
      else 'appointment.reopened'
    end;
    former := appointment_details(one.id);
    if verdict is null then
      perform write_change(one, was, change, last.number, acting);
    end if;
    answer := jsonb_build_array(
      appointment_details(one.id) || jsonb_build_object(
        'verdict', verdict,
        'event', change.event,
        'undone', last.kind,
        'former_patient_id', one.patient_id,
        'former_status', one.status,
        'former', jsonb_build_object(
          'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
          'start_local', former -> 'start_local', 'end_local', former -> 'end_local',
          'hold_expires_at', one.hold_expires_at, 'elsewhere', former -> 'elsewhere'
        )
      )
    );
  end if;
  answers := jsonb_build_array(answer, case when released = '{}' then '[]' else list_appointments(released) end);
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Writes an appointment as it is after a change, with its claims and the event that records the change. `undoes` is the number
-- of the event that it takes back. Raises an error (23P01) when something was taken since it was judged.
create or replace function write_change(
  before appointments, after appointments, change change, undoes integer, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  is_move constant boolean := change.event = any (array['appointment.rescheduled', 'appointment.visit_type_changed']);
  claims_again constant boolean := is_move
    or before.status = any (array['noshow', 'cancelled']) and after.status <> all (array['noshow', 'cancelled']);
  former constant jsonb := case when claims_again then people_in_facts(before.id) end;
  event events;
begin
  if claims_again then
    perform claim_again(after, change, acting);
  end if;
  event := next_event(before, after, change.event, change.reason, acting);
  if undoes is not null then
    event.before := event.before || jsonb_build_object('undoes', undoes);
    event.hash := event_hash(event);
  end if;
  if claims_again then
    event := with_former_people(event, former);
  end if;
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
    reason_for_visit = after.reason_for_visit,
    arrived_at = after.arrived_at,
    started_at = after.started_at,
    note = after.note,
    hold_expires_at = after.hold_expires_at,
    session_id = after.session_id,
    place = after.place,
    capacity = after.capacity,
    awaits_approval = after.awaits_approval,
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
-- Changes an appointment as was decided, with the event that records it. Nothing is judged here.
create or replace function apply_decision(
  before appointments, wanted appointments, change change, decision decision, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  is_move constant boolean := change.event = any (array['appointment.rescheduled', 'appointment.visit_type_changed']);
  after appointments := before;
  undoes integer;
begin
  if change.event = 'appointment.booked' and decision.hold_expires_at is not null then
    -- The clinic confirms it first.
    change.event := 'appointment.requested';
    wanted.status := 'pending';
  end if;
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
  after.awaits_approval := after.status = 'pending'
    and (change.event = 'appointment.requested' or before.awaits_approval);
  if after.awaits_approval then
    -- An appointment cannot be confirmed after it has begun.
    after.hold_expires_at := least(after.hold_expires_at, after.start_at);
  end if;
  if after.status = 'cancelled' and before.awaits_approval then
    after.hold_expires_at := null;
  end if;
  if after.status = 'booked' then
    -- It is a hold no more. A released hold, on the other hand, keeps when it would have expired, so that it is not listed
    -- among the cancelled appointments.
    after.hold_expires_at := null;
  end if;
  if after.status = 'booked' or after.awaits_approval then
    after.stranger_id := null;
    after.stranger_address_hash := null;
    after.stranger_wider_hash := null;
  end if;
  if is_move then
    after.override_reason := wanted.override_reason;
    after.visit_type_id := decision.visit_type_id;
  end if;
  after.buffer_before_minutes := coalesce(decision.buffer_before_minutes, before.buffer_before_minutes);
  after.buffer_after_minutes := coalesce(decision.buffer_after_minutes, before.buffer_after_minutes);
  after.reason_for_visit := coalesce(wanted.reason_for_visit, before.reason_for_visit);
  if change.event = 'appointment.arrived' then
    after.arrived_at := acting.as_of;
  elsif change.event = 'appointment.started' then
    -- Those who were checked in by an earlier release have no time of arrival.
    after.arrived_at := coalesce(before.arrived_at, acting.as_of);
    after.started_at := acting.as_of;
  elsif change.event = 'appointment.start_undone' then
    after.started_at := null;
  elsif after.status = 'booked' then
    after.arrived_at := null;
    after.started_at := null;
  end if;
  if change.event = 'appointment.noted' then
    after.note := wanted.note;
  end if;
  if change.event = any (array['appointment.reopened', 'appointment.start_undone']) then
    undoes := (
      select max(number) from events
      where appointment_id = before.id
      and kind = any (case
        when change.event = 'appointment.start_undone' then array['appointment.started']
        when before.status = 'fulfilled' then array['appointment.fulfilled']
        when before.status = 'noshow' then array['appointment.missed']
        else array['appointment.arrived', 'appointment.walked_in']
      end)
    );
  end if;
  perform write_change(before, after, change, undoes, acting);
end
$$;
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
      one.arrived_at, to_char(one.arrived_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as arrived_local,
      one.started_at, to_char(one.started_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as started_local,
      one.note, one.override_reason, one.reason_for_visit, one.hold_expires_at, one.capacity, one.session_id, one.series_id,
      one.awaits_approval, case when one.status = 'cancelled' then decline_reason(one) end as decline_reason,
      case
        when one.session_id is not null or affected.has_more then things_of(coalesce(one.session_id, one.id))
        else '[]'
      end as resources,
      to_char(one.hold_expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as hold_expires_local,
      response.appointment_id is not null as is_accepted, affected.elsewhere,
      case when affected.has_more then others_of(one.id) else '[]' end as others
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    left join appointment_responses response on response.appointment_id = one.id
      and response.patient_id = one.patient_id
      and response.start_at = one.start_at
    -- Where else it changes the free time: other locations of whoever takes part. Null, when it takes something that anyone
    -- might need.
    cross join lateral (
      select case when not bool_or(claim.need_id is not null or claim.part = any (array['room', 'device'])) then coalesce(
        jsonb_agg(jsonb_build_object('doctor_id', work.doctor_id, 'location_id', work.location_id)) filter (
          where (work.doctor_id, work.location_id) <> (one.doctor_id, coalesce(one.location_id, doctor.location_id))
        ),
        '[]'
      ) end as elsewhere, bool_or(claim.part not in ('doctor', 'patient')) as has_more
      from claims claim
      left join doctors person on person.resource_id = claim.resource_id
      left join doctor_locations work on work.doctor_id = person.id
      where claim.appointment_id = one.id
    ) affected
    where one.id = of_appointment
  ) details;
end;
--> statement-breakpoint
-- Every appointment on these records, from first to last, with its events. An event says which facts changed to what. About
-- an appointment that they only come along to, it says nothing that was written about the patient.
create or replace function export_appointments(records bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  described as (
    select
      one.id, one.patient_id, one.status, one.event_count as version,
      in_utc(one.start_at) as start_at, to_char(one.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      in_utc(one.end_at) as end_at, to_char(one.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      location.time_zone, location.name as location, doctor.name as doctor, visit.name as visit_type,
      case when own.is_patient then one.reason_for_visit end as reason_for_visit,
      case when own.is_patient then one.override_reason end as override_reason, in_utc(one.hold_expires_at) as hold_expires_at,
      in_utc(response.responded_at) as responded_at, in_utc(response.start_at) as response_start_at
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join visit_types visit on visit.id = one.visit_type_id
    left join appointment_responses response on response.appointment_id = one.id
      and response.patient_id = one.patient_id
      and response.patient_id = any (records)
    cross join lateral (select one.patient_id = any (records) as is_patient) own
    where one.patient_id = any (records)
    or one.id = any (appointments_beside(records))
  ),
  told as (
    select
      event.appointment_id,
      jsonb_agg(
        jsonb_build_object(
          'number', event.number, 'kind', event.kind, 'at', in_utc(event.at), 'actor', event.actor_kind,
          'reason', case
            -- Notes are for the clinic's own people.
            when described.patient_id = any (records) and event.kind <> 'appointment.noted' then event.reason
          end, 'changes', facts_to_tell(event.before, event.after)
        )
        order by event.number
      ) as events
    from described
    join events event on event.appointment_id = described.id
    group by event.appointment_id
  )
  select coalesce(
    jsonb_agg(
      to_jsonb(described) || jsonb_build_object('events', coalesce(told.events, '[]'))
      order by described.start_at, described.id
    ),
    '[]'
  )
  from described
  left join told on told.appointment_id = described.id;
end;
--> statement-breakpoint
-- An appointment as the link in a message shows it to the one whom the message went to, without signing in: what they were
-- told, as it is now, and which other time they were told last. Nothing that is said about the patient. Null unless the
-- recipient may still know of it: the appointment is for them or for someone whom they act for, and is no hold.
create or replace function find_linked_appointment(of_appointment bigint, recipient text, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with theirs as materialized (select * from patients_of_recipient(recipient, as_of))
  select
    appointment_details(one.id)
    || '{"reason_for_visit": null, "override_reason": null, "note": null, "others": []}'
    || case when patient.is_theirs then '{}' else '{"decline_reason": null}' end::jsonb
    || jsonb_build_object(
      'own_patient_id', own.id,
      'is_companion', not patient.is_theirs,
      'languages', own.languages,
      'has_account', recipient like 'account:%',
      'directions', location.directions,
      'bring', visit.bring,
      'preparation', visit.preparation,
      'names_visit_type', (select messages_name_visit_type from clinic_settings where id),
      'told_before', (
        select occasion_in(told.after)
        from message_appointments about
        join messages message on message.id = about.message_id
        join events told on told.appointment_id = one.id and told.number = about.to_event
        where about.appointment_id = one.id
        and message.recipient = find_linked_appointment.recipient
        and message.attempts > 0
        and (told.after ->> 'start_at')::timestamptz <> one.start_at
        order by about.to_event desc
        limit 1
      )
    )
  from appointments one
  left join events last on last.appointment_id = one.id and last.number = one.event_count
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  left join visit_types visit on visit.id = one.visit_type_id
  cross join lateral (
    select exists (select from theirs where theirs.patient_id = one.patient_id) as is_theirs
  ) patient
  left join patients own on own.id = (select theirs.patient_id from theirs where theirs.is_self limit 1)
  where one.id = of_appointment
  and (one.hold_expires_at is null or one.awaits_approval)
  and exists (select from theirs where theirs.patient_id = any (patients_in(coalesce(last.after, facts_of(one)))));
end;
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
  first_kind text := wish.event;
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
    if wish.event = 'appointment.booked' then
      wanted.hold_expires_at := approval_deadline(judged.visit_type_id, judged.start_at, acting);
      wanted.awaits_approval := wanted.hold_expires_at is not null;
      if wanted.awaits_approval then
        wanted.status := 'pending';
        first_kind := 'appointment.requested';
      end if;
    end if;
    refused := claim_all(wanted, wish, acting);
    if refused is null then
      event := next_event(null, wanted, first_kind, wanted.override_reason, acting);
      insert into appointments (
        id, doctor_id, location_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes,
        buffer_after_minutes, override_reason, reason_for_visit, hold_expires_at, stranger_id, stranger_address_hash,
        stranger_wider_hash, awaits_approval, capacity, session_id, place, series_id, arrived_at, event_count,
        last_event_hash
      )
      overriding system value
      values (
        wanted.id, wanted.doctor_id, wanted.location_id, wanted.patient_id, wanted.visit_type_id, wanted.status,
        wanted.start_at, wanted.end_at, wanted.buffer_before_minutes, wanted.buffer_after_minutes,
        wanted.override_reason, wanted.reason_for_visit, wanted.hold_expires_at,
        case when wanted.patient_id is null then wanted.stranger_id end, wanted.stranger_address_hash,
        wanted.stranger_wider_hash, coalesce(wanted.awaits_approval, false), wanted.capacity, wanted.session_id,
        wanted.place, wanted.series_id, case when wanted.status = 'arrived' then acting.as_of end, event.number, event.hash
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
              and kind <> all (array['appointment.reassigned', 'appointment.people_changed', 'appointment.noted'])
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
-- The rules for taking back the last change of an appointment, so that it becomes `was` again:
-- * on the local day of the change; where it changed when or whether the patient comes, also until the appointment starts,
-- * a booking or a walk-in only when the clinic's own people made it: patients' are cancelled with a reason,
-- * a request only until its deadline,
-- * what it gave away must still be free.
create or replace function judge_undo(
  one appointments, was appointments, last events, change change, acting acting
) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select case
    when one.event_count = change.version + 1 and exists (
      select from events
      where appointment_id = one.id
      and number = one.event_count
      and before ? 'undoes'
    ) then 'already'
    when change.version <> one.event_count then 'stale'
    when one.capacity is not null
    or last.id is null
    or last.kind <> all (array[
      'appointment.booked', 'appointment.walked_in', 'appointment.rescheduled', 'appointment.visit_type_changed',
      'appointment.reassigned', 'appointment.confirmed', 'appointment.declined', 'appointment.cancelled',
      'appointment.arrived', 'appointment.started', 'appointment.fulfilled', 'appointment.missed'
    ])
    or last.after ->> 'status' <> one.status
    or last.kind = any (array['appointment.booked', 'appointment.walked_in'])
      and last.actor_kind <> all (array['front_desk', 'doctor', 'admin']) then 'nothing_to_undo'
    when not local_day(last.at, location.time_zone) @> acting.as_of and not (
      last.kind = any (array[
        'appointment.cancelled', 'appointment.declined', 'appointment.confirmed', 'appointment.rescheduled',
        'appointment.visit_type_changed'
      ])
      and acting.as_of < was.start_at
    ) then 'not_today'
    when was.hold_expires_at <= acting.as_of then 'hold_expired'
    -- Once the session is cancelled, nobody can be expected at it again.
    when last.kind = 'appointment.arrived' and exists (
      select from appointments session
      where session.id = one.session_id
      and session.status <> 'booked'
    ) then 'wrong_status'
    when last.kind = 'appointment.reassigned' then
      (judge_reassignment(was, jsonb_populate_record(change, '{"version": null}'), acting)).verdict
    when was.status = any (array['cancelled', 'noshow'])
    or one.status <> all (array['cancelled', 'noshow'])
      and last.kind <> all (array['appointment.rescheduled', 'appointment.visit_type_changed']) then null
    when patient.erased_at is not null then 'patient_erased'
    when one.status = any (array['cancelled', 'noshow'])
    and (patient.is_deceased or not patient.is_active) and was.end_at > acting.as_of then 'patient_inactive'
    when was.session_id is not null and was.place is null then 'session_full'
    else coalesce(
      (
        select case
          when mine.part in ('patient', 'companion') then 'patient_busy'
          when mine.part = 'doctor' then 'slot_taken'
          else 'resource_taken'
        end
        from (
          select claim.* from claims_of(was) claim
          union all
          select claim.* from claims_to_keep(was, change) claim
        ) mine
        where is_claimed(mine.resource_id, mine.during, acting.as_of, one.id)
        or mine.location_id is not null
        and is_on_the_way(mine.resource_id, mine.location_id, mine.during, acting.as_of, one.id)
        order by mine.part = any (array['patient', 'companion']), mine.part = 'doctor' desc
        limit 1
      ),
      case
        when was.session_id is null
        and exists (select from visit_type_needs where visit_type_id = was.visit_type_id)
        and pick_claims(
          was, array(select claim from claims_to_keep(was, change) claim), was.override_reason is not null, acting.as_of
        ) is null then 'resource_taken'
      end
    )
  end
  from doctors doctor
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  left join patients patient on patient.id = was.patient_id
  where doctor.id = one.doctor_id;
end;

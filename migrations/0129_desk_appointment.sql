-- What an event says about an appointment, with names and on the location's clock, for the clinic's own people.
create or replace function facts_in_words(facts jsonb, time_zone text) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case when facts is not null then jsonb_build_object(
    'status', facts ->> 'status',
    'start_local', to_char((facts ->> 'start_at')::timestamptz at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'end_local', to_char((facts ->> 'end_at')::timestamptz at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'doctor', (select name from doctors where id = (facts ->> 'doctor_id')::bigint),
    'location', (select name from locations where id = (facts ->> 'location_id')::bigint),
    'visit_type', (select name from visit_types where id = (facts ->> 'visit_type_id')::bigint),
    'patient', (select name from patients where id = (facts ->> 'patient_id')::bigint),
    'rooms', (
      select coalesce(jsonb_agg(room.name order by room.sort_order, room.id), '[]')
      from jsonb_array_elements_text(coalesce(facts -> 'room_ids', '[]')) taken (id)
      join resources room on room.id = taken.id::bigint
    )
  ) end;
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
  from appointments mine
  where mine.id = wanted.id
  and (change.of_anyone or mine.doctor_id = change.of_doctor)
  and (mine.hold_expires_at is null or mine.awaits_approval)
  and (acting.location_ids is null or is_in_reach(location_of(mine), acting))
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
    'was', facts_in_words(event.before, time_zone),
    'became', facts_in_words(event.after, time_zone)
  ) order by event.number), '[]')
  from events event
  left join accounts account on account.id = event.account_id
  where event.appointment_id = of_appointment;
end;
--> statement-breakpoint
-- Whom the front desk has before them: how to reach them, what it must know, for whom they act, and their appointments beside
-- the one that is given, as far as they are the actor's business.
create or replace function patient_card(of_patient bigint, beside bigint, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  other as materialized (
    select one.id, one.status, one.start_at, one.doctor_id, one.location_id, one.visit_type_id
    from appointments one
    where one.patient_id = of_patient
    and one.id <> beside
    and (one.hold_expires_at is null or one.awaits_approval)
    and is_in_reach(location_of(one), acting)
    order by one.start_at desc
    limit 100
  ),
  shown as (
    (select * from other where start_at >= acting.as_of order by start_at limit 3)
    union all
    (select * from other where start_at < acting.as_of order by start_at desc limit 3)
  )
  select jsonb_build_object(
    'id', patient.id,
    'name', patient.name,
    'called_name', patient.called_name,
    'birth_date', patient.birth_date,
    'age', extract(year from age(acting.as_of::date, patient.birth_date))::integer,
    'record_number', (
      select min(value) from patient_identifiers where patient_id = patient.id and issuer = 'record'
    ),
    'phone', patient.phone,
    'email', patient.contact_email,
    'languages', to_jsonb(patient.languages),
    'preferred_channel', patient.preferred_channel,
    'note', patient.desk_note,
    'is_deceased', patient.is_deceased,
    'flags', (
      select coalesce(jsonb_agg(flag order by flag), '[]') from patient_flags where patient_id = patient.id
    ),
    'dependants', (
      select coalesce(jsonb_agg(distinct jsonb_build_object(
        'id', other_person.id, 'name', other_person.name, 'birth_date', other_person.birth_date
      )), '[]')
      from account_patients own
      join account_patients link on link.account_id = own.account_id and link.patient_id <> own.patient_id
      join patients other_person on other_person.id = link.patient_id
      where own.patient_id = of_patient
      and own.relation = 'self'
      and link_is_in_force(link.ends_on, acting.as_of)
    ),
    'appointments', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', shown.id,
        'status', shown.status,
        'start_local', to_char(shown.start_at at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
        'is_past', shown.start_at < acting.as_of,
        'doctor', doctor.name,
        'visit_type', visit.name
      ) order by shown.start_at desc), '[]')
      from shown
      join doctors doctor on doctor.id = shown.doctor_id
      join locations place on place.id = coalesce(shown.location_id, doctor.location_id)
      left join visit_types visit on visit.id = shown.visit_type_id
    ),
    'appointment_count', (select count(*) from other),
    'kept', (select count(*) from (
      select status from other where start_at < acting.as_of and status in ('fulfilled', 'noshow') limit 5
    ) lately),
    'missed', (select count(*) from (
      select status from other where start_at < acting.as_of and status in ('fulfilled', 'noshow') limit 5
    ) lately where status = 'noshow'),
    'identity', (
      select jsonb_build_object('at', in_utc(event.at), 'name', nullif(account.name, ''), 'checked', event.after -> 'checked')
      from patient_events event
      left join accounts account on account.id = event.account_id
      where event.patient_id = of_patient
      and event.kind = 'patient.identity_confirmed'
      order by event.id desc
      limit 1
    )
  )
  from patients patient
  where patient.id = of_patient;
end;
--> statement-breakpoint
-- What the desk's page of an appointment shows besides the appointment itself and its messages: its history, what may be
-- undone, and the patient's card. Null when there is none, or it is none of the actor's business.
create or replace function desk_appointment(of_appointment bigint, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select jsonb_build_object(
    'specialty', doctor.specialty,
    'now_local', to_char(acting.as_of at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'told_local', (
      select to_char(max(ready_at) at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') from outbox
      where appointment_id = one.id
      and ready_at > acting.as_of
    ),
    'is_today', local_day(one.start_at, location.time_zone) @> acting.as_of,
    'may_change', acting.by_desk or coalesce(one.doctor_id = acting.doctor_id, false),
    'history', history_of(one.id, location.time_zone),
    'walk_in_number', (select number from walk_ins where appointment_id = one.id limit 1),
    'undo', case when (last.event).id is not null then jsonb_build_object(
      'verdict', judge_undo(one, row_before(one, last.event), last.event, null, acting),
      'kind', (last.event).kind,
      'at', in_utc((last.event).at),
      'is_own', coalesce((last.event).account_id = acting.account_id, false),
      'is_fresh', (last.event).at > acting.as_of - settings.grace_seconds * interval '1 second'
    ) end,
    'patient', case when seen.is_own then patient_card(one.patient_id, one.id, acting) end
  )
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = location_of(one)
  join clinic_settings settings on settings.id
  cross join lateral (select last_change(one.id) as event offset 0) last
  cross join lateral (
    select acting.by_desk or coalesce(one.doctor_id = acting.doctor_id, false) or exists (
      select from claims
      where claims.appointment_id = one.id
      and claims.part = 'colleague'
      and claims.doctor_id = acting.doctor_id
    ) as is_own
  ) seen
  where one.id = of_appointment
  and is_in_reach(location.id, acting)
  and (seen.is_own or may_see_day_of(one.doctor_id, acting));
end;

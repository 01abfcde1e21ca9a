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
    -- A request is cancelled like what is booked, and moved while it is open.
    if one.status = 'pending'
    and (wanted.status = 'cancelled' and not one.awaits_approval or one.hold_expires_at <= acting.as_of) then
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
-- The rules for moving a participant: only to another session of the same visit type, while it has a free place. A request
-- moves like what is booked, at any notice, and stays a request. They keep
-- their place until the other is theirs. What has no session cannot be moved into one: book a place instead.
create or replace function judge_session_move(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when not (one.status = 'booked' or one.awaits_approval and one.hold_expires_at > acting.as_of) then 'wrong_status'
      when wanted.session_id is null then 'session_needed'
      when session.id is null then 'no_session'
      when one.session_id = session.id then 'already'
      when change.version <> one.event_count then 'stale'
      when one.session_id is null or one.visit_type_id <> session.visit_type_id then 'not_offered'
      when not acting.by_desk
      and not one.awaits_approval
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

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
        wanted.place, wanted.series_id, case when wanted.status = 'arrived' then coalesce(wanted.arrived_at, acting.as_of) end, event.number, event.hash
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

-- Makes of an appointment what was judged, and records it as its next event.
create or replace function apply_judgement(
  of_appointment bigint, judged judgement, event text, why text,
  as_of timestamptz, actor_kind text, account_id bigint, api_key_id bigint, request_id text
) returns void
language sql volatile set plan_cache_mode to force_generic_plan
begin atomic
  with
  facts as (
    select
      one.id, one.event_count, one.last_event_hash,
      appointment_facts(
        one.status, one.doctor_id, one.patient_id, one.visit_type_id, one.start_at, one.end_at, one.hold_expires_at
      ) as before,
      appointment_facts(
        judged.status, judged.doctor_id, judged.patient_id, one.visit_type_id, judged.start_at, judged.end_at,
        judged.hold_expires_at
      ) as after
    from appointments one
    where one.id = of_appointment
  ),
  due as (
    select facts.*, event_hash(
      facts.last_event_hash, facts.id, facts.event_count + 1, event, as_of, apply_judgement.actor_kind,
      apply_judgement.account_id, apply_judgement.api_key_id, apply_judgement.request_id, why, facts.before, facts.after
    ) as next_hash
    from facts
  ),
  changed as (
    update appointments set
      status = judged.status, doctor_id = judged.doctor_id, patient_id = judged.patient_id,
      start_at = judged.start_at, end_at = judged.end_at,
      buffer_before_minutes = judged.buffer_before_minutes, buffer_after_minutes = judged.buffer_after_minutes,
      override_reason = judged.override_reason, reason_for_visit = judged.reason_for_visit,
      hold_expires_at = judged.hold_expires_at,
      -- What is booked is nobody's hold any more.
      stranger_id = case when judged.status <> 'booked' then stranger_id end,
      stranger_address_hash = case when judged.status <> 'booked' then stranger_address_hash end,
      event_count = due.event_count + 1, last_event_hash = due.next_hash
    from due where appointments.id = due.id
  )
  insert into events (
    appointment_id, number, kind, at, actor_kind, account_id, api_key_id, request_id, reason,
    before, after, previous_hash, hash
  )
  select
    due.id, due.event_count + 1, event, as_of, apply_judgement.actor_kind, apply_judgement.account_id,
    apply_judgement.api_key_id, apply_judgement.request_id, why, due.before, due.after, due.last_event_hash, due.next_hash
  from due;
end;

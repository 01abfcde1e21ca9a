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

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
      when one.hold_expires_at is not null and not one.awaits_approval or one.capacity is not null then 'wrong_status'
      when one.patient_id = patient.id then 'already'
      when change.version <> one.event_count then 'stale'
      when patient.erased_at is not null or former.erased_at is not null then 'patient_erased'
      when (patient.is_deceased or not patient.is_active)
      and one.status = any (array['booked', 'arrived', 'pending'])
      and one.end_at > acting.as_of then 'patient_inactive'
      when find_conflict(one.id, patient.id, acting.as_of) is not null then 'patient_busy'
      -- Who comes along already cannot be the patient as well.
      when exists (
        select from claims
        where appointment_id = one.id
        and resource_id = resource_of_patient(patient.id)
      ) then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null, null, null
  )::decision
  from appointments one
  left join patients patient on patient.id = wanted.patient_id
  left join patients former on former.id = one.patient_id
  where one.id = wanted.id;
end;

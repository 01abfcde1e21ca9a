-- The rules for booking a hold. Its notice and horizon were judged when it was held; whether the doctor is there is
-- judged again. A hold that has expired may still be booked while its slot is open; one of a place, while nobody else
-- has the place.
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
      when one.awaits_approval and one.patient_id = named.patient_id then 'already'
      when one.awaits_approval then 'wrong_status'
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
      and not case
        when acting.by_desk then is_open_to_desk(one.doctor_id, place.location_id, tstzrange(one.start_at, one.end_at))
        else is_open_time(one.doctor_id, place.location_id, tstzrange(one.start_at, one.end_at))
      end then 'outside_hours'
      when is_claimed(
        resource_of_patient(patient.id), tstzrange(one.start_at, one.end_at), acting.as_of, one.id
      ) then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, approval_deadline(one.visit_type_id, one.start_at, acting), null, null, null
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

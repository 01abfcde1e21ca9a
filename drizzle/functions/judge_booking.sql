-- Whether what is held may be booked. What was on time when it was held stays so; whether the doctor is there is asked anew.
create or replace function judge_booking(
  of_hold bigint, for_patient bigint, or_else bigint, why text, by_desk boolean, as_of timestamptz
) returns judgement
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select
    case
      when one.status = 'booked' and one.patient_id = whom.id and exists (
        select from events where appointment_id = one.id and number = 1 and kind = 'appointment.held'
      ) then 'already'
      when one.status = 'cancelled' and one.hold_expires_at is not null then 'hold_expired'
      when one.status <> 'pending' then 'wrong_status'
      when whom.id is null then 'patient_missing'
      when patient.id is null then 'no_patient'
      when one.start_at < as_of then 'in_the_past'
      when one.hold_expires_at <= as_of and not by_desk
      and not is_open_slot(one.doctor_id, one.visit_type_id, one.start_at, false, as_of, one.id) then 'hold_expired'
      when not is_open_time(one.doctor_id, tstzrange(one.start_at, one.end_at)) then 'outside_hours'
      when exists (
        select from appointments other
        where other.patient_id = patient.id
        and other.patient_occupied && tstzrange(one.start_at, one.end_at)
        and other.id <> one.id
        and (other.hold_expires_at is null or other.hold_expires_at > as_of)
      ) then 'patient_busy'
    end,
    'booked', one.doctor_id, patient.id, one.start_at, one.end_at,
    one.buffer_before_minutes, one.buffer_after_minutes, one.override_reason, coalesce(why, one.reason_for_visit),
    null::timestamptz, null::timestamptz
  from appointments one
  cross join lateral (select coalesce(for_patient, one.patient_id, or_else) as id) whom
  left join patients patient on patient.id = whom.id
  where one.id = of_hold;
end;

-- Why nothing can be booked for a patient; null when it can. A visit by phone that is booked online needs a number to call.
create or replace function judge_patient(patient bigint, visit_type bigint, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when one.is_deceased or not one.is_active then 'patient_inactive'
    when one.phone is null
    and not acting.by_desk
    and exists (select from visit_types where id = visit_type and mode = 'phone') then 'phone_needed'
  end
  from patients one
  where one.id = patient;
end;
--> statement-breakpoint
-- The rules for booking a hold. Its notice and horizon were judged when it was held; whether the doctor is there is judged
-- again. A hold that has expired may still be booked while its slot is open.
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
      and not is_open_slot(one.doctor_id, one.visit_type_id, one.start_at, false, acting.as_of, one.id)
        then 'hold_expired'
      when judge_account(wanted, acting) is not null then 'too_many_appointments'
      when not is_open_time(one.doctor_id, tstzrange(one.start_at, one.end_at)) then 'outside_hours'
      when exists (
        select from appointments other
        where other.patient_id = patient.id
        and other.start_at > one.start_at - interval '8 hours'
        and other.start_at < one.end_at
        and other.patient_occupied && tstzrange(one.start_at, one.end_at)
        and other.id <> one.id
        and (other.hold_expires_at is null or other.hold_expires_at > acting.as_of)
      ) then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null
  )::decision
  from appointments one
  cross join lateral (
    select coalesce(wanted.patient_id, one.patient_id, change.default_patient_id) as patient_id
  ) named
  left join patients patient on patient.id = named.patient_id and patient.erased_at is null
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- The rules for a new appointment: why a hold, a booking or a walk-in is refused; null when only a constraint can still
-- refuse it. One row for each doctor who may be meant. The first is the one to try, the doctor with the least to do that
-- day; when all refuse, it has the verdict that a small change of the wish is likely to overcome.
create or replace function judge_wish(wanted appointments, wish wish, acting acting) returns table (
  verdict text, doctor_id bigint, visit_type_id bigint, start_at timestamptz, end_at timestamptz,
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
    select asked.*, case
      when asked.doctor_id is null and wanted.doctor_id is null then 'not_offered'
      when asked.doctor_id is null then 'no_doctor'
      when asked.patient_id is null and wanted.patient_id is not null then 'no_patient'
      when judge_patient(asked.patient_id, null, acting) = 'patient_inactive' then 'patient_inactive'
      when asked.visit_type_id is null and (not acting.by_desk or wanted.visit_type_id is not null) then 'not_offered'
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
      when wanted.status = 'pending' and wanted.patient_id is null and (
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
      ) then 'too_many_holds'
      when account.verdict = 'too_many_holds' then 'too_many_holds'
      when account.verdict = 'too_many_appointments' then 'too_many_appointments'
      -- The number can still be added while the time is held.
      when wanted.status <> 'pending'
      and judge_patient(asked.patient_id, asked.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
      -- The front desk books at any minute of the doctor's hours, and outside them with a reason.
      when acting.by_desk then case
        when wanted.override_reason is null
        and not is_open_time(asked.doctor_id, tstzrange(asked.start_at, asked.end_at)) then 'outside_hours'
      end
      when not is_open_slot(asked.doctor_id, asked.visit_type_id, asked.start_at, false, acting.as_of) then coalesce(
        judge_slot(asked.doctor_id, asked.visit_type_id, asked.start_at, false, acting.as_of), 'slot_taken'
      )
    end as verdict
    from find_candidates(wanted, wish, acting) asked
    cross join account
  )
  select
    judged.verdict, judged.doctor_id, judged.visit_type_id, judged.start_at, judged.end_at,
    coalesce(judged.buffer_before_minutes, 0::smallint), coalesce(judged.buffer_after_minutes, 0::smallint)
  from judged
  order by
    judged.verdict is not null,
    array_position(array[
      'slot_taken', 'off_grid', 'day_full', 'short_notice', 'outside_hours', 'in_the_past', 'beyond_horizon', 'not_offered'
    ], judged.verdict),
    case when wanted.doctor_id is null and judged.verdict is null then (
      select load.appointments
      from load_within(judged.doctor_id, null, local_day(judged.start_at, judged.time_zone), acting.as_of) load
    ) end,
    judged.doctor_id;
end;

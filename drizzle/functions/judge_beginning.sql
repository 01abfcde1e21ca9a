-- The rules for a new appointment: why a hold, a booking or a walk-in is refused; null when only a constraint can still
-- refuse it. One row for each doctor who may be meant. The first is the one to try, the doctor with the least to do that
-- day; when all refuse, it has the verdict that a small change of the wish is likely to overcome.
create or replace function judge_beginning(wanted appointments, wish wish, acting acting) returns table (
  verdict text, doctor_id bigint, location_id bigint, visit_type_id bigint, start_at timestamptz, end_at timestamptz,
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
    select asked.*, coalesce(case
      when asked.doctor_id is null and wanted.doctor_id is null then 'not_offered'
      -- Retired, or of a location that is closed for good.
      when asked.doctor_id is null and exists (
        select from doctors retired
        where retired.id = wanted.doctor_id
        and not (retired.is_active and exists (
          select from doctor_locations work
          join locations place on place.id = work.location_id and place.is_active
          where work.doctor_id = retired.id
          and (wish.location_id is null or work.location_id = wish.location_id)
        ))
      ) then 'not_offered'
      when asked.doctor_id is null then 'no_doctor'
      when asked.patient_id is null and wanted.patient_id is not null then 'no_patient'
      when judge_patient(asked.patient_id, null, acting) = 'patient_inactive' then 'patient_inactive'
      when asked.lasting is null and (not acting.by_desk or wanted.visit_type_id is not null) then 'not_offered'
      -- A group is booked as a session, and a place in a session by its `session_id`.
      when wanted.capacity is null
      and visit_type_is_group(coalesce(asked.visit_type_id, wanted.visit_type_id)) then 'session_needed'
      when wanted.capacity is not null and not visit_type_is_group(asked.visit_type_id) then 'not_a_group'
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
      when holds_too_many(wanted, wish, acting) then 'too_many_holds'
      when account.verdict = 'too_many_holds' then 'too_many_holds'
      when account.verdict = 'too_many_appointments' then 'too_many_appointments'
      -- The number can still be added while the time is held.
      when wanted.status <> 'pending'
      and judge_patient(asked.patient_id, asked.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
      -- The front desk books at any minute of the doctor's hours, and outside them or beyond the horizon with a reason.
      when acting.by_desk then case
        when wanted.override_reason is null
        and asked.start_at >= horizon_of(asked.doctor_id, asked.visit_type_id, acting.as_of) then 'beyond_horizon'
        when wanted.override_reason is null
        and not is_open_to_desk(asked.doctor_id, asked.location_id, tstzrange(asked.start_at, asked.end_at))
          then 'outside_hours'
        when is_on_the_way(
          asked.resource_id, asked.location_id,
          claimed_time(
            wanted.status, asked.start_at, asked.end_at, coalesce(asked.buffer_before_minutes, 0),
            coalesce(asked.buffer_after_minutes, 0)
          ),
          acting.as_of, null
        ) then 'slot_taken'
      end
      when not is_open_slot(
        asked.doctor_id, asked.location_id, asked.visit_type_id, asked.start_at, false, acting.as_of, null
      ) then coalesce(
        judge_slot(
          asked.doctor_id, asked.location_id, asked.visit_type_id, asked.start_at, false, acting.as_of, null
        ),
        'slot_taken'
      )
    end, case
      when num_nonnulls(wish.colleague_ids, wish.companion_ids, wish.resource_ids) > 0 then judge_named(
        wanted_at(
          wanted, asked.doctor_id, asked.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
          asked.buffer_after_minutes
        ),
        wish, wanted.doctor_id is null, acting
      )
    end) as verdict
    from read_wish(wanted, wish, acting) asked
    cross join account
  )
  select
    judged.verdict, judged.doctor_id, judged.location_id, judged.visit_type_id, judged.start_at, judged.end_at,
    coalesce(judged.buffer_before_minutes, 0::smallint), coalesce(judged.buffer_after_minutes, 0::smallint)
  from judged
  order by
    judged.verdict is not null,
    array_position(array[
      'slot_taken', 'resource_taken', 'off_grid', 'day_full', 'short_notice', 'outside_hours', 'in_the_past', 'beyond_horizon', 'not_offered'
    ], judged.verdict),
    case when wanted.doctor_id is null and judged.verdict is null then (
      select load.appointments
      from load_within(judged.doctor_id, null, local_day(judged.start_at, judged.time_zone), acting.as_of) load
    ) end,
    judged.doctor_id;
end;

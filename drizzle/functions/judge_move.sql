-- Whether an appointment may move to another time, possibly of another doctor. A patient may move it to a slot, as if the
-- appointment itself were not; the front desk to any time at which nobody else is occupied.
create or replace function judge_move(
  of_appointment bigint, of_version integer, to_doctor bigint, starts text, ends text, outside text,
  by_desk boolean, as_of timestamptz
) returns judgement
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as (
    select
      one.*, doctor.id as new_doctor_id, wish.start_at as new_start_at,
      coalesce(
        instant_at(ends, location.time_zone),
        wish.start_at + case when by_desk then usual.length else coalesce(visit.lasting, usual.length) end
      ) as new_end_at,
      coalesce(visit.buffer_before_minutes, one.buffer_before_minutes) as new_buffer_before,
      coalesce(visit.buffer_after_minutes, one.buffer_after_minutes) as new_buffer_after,
      visit.lasting, coalesce(visit.notice, interval '0') as notice, location.time_zone
    from appointments one
    cross join lateral (select one.end_at - one.start_at as length) usual
    left join doctors doctor on doctor.id = coalesce(to_doctor, one.doctor_id)
    left join locations location on location.id = doctor.location_id
    left join lateral (
      select
        kind.buffer_before_minutes, kind.buffer_after_minutes, kind.minutes * interval '1 minute' as lasting,
        kind.cancellation_notice_minutes * interval '1 minute' as notice
      from visit_types kind where kind.id = one.visit_type_id
    ) visit on true
    cross join lateral (select instant_at(starts, location.time_zone) as start_at) wish
    where one.id = of_appointment
  ),
  judged as (
    select asked.*, case
      when status <> 'booked' then 'wrong_status'
      when new_doctor_id is null then 'no_doctor'
      when (new_doctor_id, new_start_at, new_end_at) = (doctor_id, start_at, end_at) then 'already'
      when of_version <> event_count then 'stale'
      when not by_desk and start_at - notice <= as_of then 'too_late'
      when new_end_at <= new_start_at then 'not_after_start'
      when new_end_at - new_start_at < interval '5 minutes' then 'too_short'
      when new_end_at - new_start_at > interval '8 hours' then 'too_long'
      when new_start_at < as_of then 'in_the_past'
      when by_desk and new_doctor_id <> doctor_id and visit_type_id is not null and not exists (
        select from doctor_visit_types offer
        where offer.doctor_id = new_doctor_id and offer.visit_type_id = asked.visit_type_id
      ) then 'not_offered'
      when by_desk and outside is null
      and not is_open_time(new_doctor_id, tstzrange(new_start_at, new_end_at)) then 'outside_hours'
      when by_desk and exists (
        select from appointments other
        where other.doctor_id = new_doctor_id
        and other.doctor_occupied && tstzrange(
          new_start_at - new_buffer_before * interval '1 minute', new_end_at + new_buffer_after * interval '1 minute'
        )
        and other.id <> asked.id
        and (other.hold_expires_at is null or other.hold_expires_at > as_of)
      ) then 'slot_taken'
      when not by_desk and not exists (select from visit_terms(new_doctor_id, visit_type_id, false, as_of)) then 'not_offered'
      when not by_desk and new_end_at - new_start_at <> lasting then 'not_the_length'
      when not by_desk and not is_open_slot(new_doctor_id, visit_type_id, new_start_at, false, as_of, id)
        then coalesce(why_not(new_doctor_id, visit_type_id, new_start_at, false, as_of, id), 'slot_taken')
      when exists (
        select from appointments other
        where other.patient_id = asked.patient_id
        and other.patient_occupied && tstzrange(new_start_at, new_end_at)
        and other.id <> asked.id
      ) then 'patient_busy'
    end as verdict
    from asked
  )
  select
    verdict,
    status, new_doctor_id, patient_id, new_start_at, new_end_at,
    new_buffer_before, new_buffer_after, outside, reason_for_visit, null::timestamptz,
    case
      when verdict not in ('slot_taken', 'patient_busy', 'outside_hours', 'off_grid', 'short_notice') then null
      when by_desk then next_gap(
        new_doctor_id, patient_id, rest_of_day, new_end_at - new_start_at,
        new_buffer_before * interval '1 minute', new_buffer_after * interval '1 minute', as_of, id
      )
      else next_slot(new_doctor_id, visit_type_id, patient_id, rest_of_day, as_of, id)
    end
  from judged
  cross join lateral (
    select tstzrange(
      greatest(new_start_at, as_of), greatest(new_start_at, as_of, upper(local_day(new_start_at, time_zone)))
    ) as rest_of_day
  ) late;
end;

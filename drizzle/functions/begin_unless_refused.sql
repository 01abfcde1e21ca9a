-- Judges what was asked by the clinic's rules, and lets it begin unless one, or a constraint, is against it. Of several
-- doctors who would do, the one with the least to do that day; of several who all say no, the reason that a small change
-- of the wish may overcome.
create or replace function begin_unless_refused(
  as_status text, event text,
  of_doctor bigint, at_location bigint, of_specialty text, of_patient bigint, of_visit_type bigint,
  starts text, ends text, by_desk boolean, override_reason text, reason_for_visit text,
  hold_expires_at timestamptz, of_stranger text, of_address text, most_holds integer,
  as_of timestamptz, actor_kind text, account_id bigint, api_key_id bigint, request_id text
) returns table (verdict text, id bigint, patient_was_busy boolean)
language sql volatile rows 1 set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as (
    select * from asked(of_doctor, at_location, of_specialty, of_patient, of_visit_type, starts, ends, by_desk)
  ),
  judged as (
    select asked.*, case
      when doctor_id is null then case when of_doctor is null then 'not_offered' else 'no_doctor' end
      when patient_id is null and of_patient is not null then 'no_patient'
      when visit_type_id is null and (not by_desk or of_visit_type is not null) then 'not_offered'
      when end_at <= start_at then 'not_after_start'
      when end_at - start_at < interval '5 minutes' then 'too_short'
      when end_at - start_at > interval '8 hours' then 'too_long'
      when start_at < case when as_status = 'arrived' then date_trunc('minute', as_of) else as_of end then 'in_the_past'
      when end_at - start_at <> lasting and not by_desk then 'not_the_length'
      when as_status = 'arrived' and not local_day(as_of, time_zone) @> start_at then 'not_today'
      when as_status = 'pending' and most_holds <= case
        when of_patient is null then (
          select count(*) from appointments hold
          where hold.stranger_address_hash = of_address and hold.status = 'pending' and hold.hold_expires_at > as_of
        )
        else (
          select count(*) from appointments hold
          where hold.patient_id = of_patient and hold.status = 'pending' and hold.hold_expires_at > as_of
        )
      end then 'too_many_holds'
      when by_desk then case
        when override_reason is null and not is_open_time(doctor_id, tstzrange(start_at, end_at)) then 'outside_hours'
      end
      when not is_open_slot(doctor_id, visit_type_id, start_at, false, as_of)
        then coalesce(why_not(doctor_id, visit_type_id, start_at, false, as_of), 'slot_taken')
    end as verdict
    from asked
  ),
  willing as (
    select *
    from judged
    where judged.verdict is null
    order by
      case when of_doctor is null then (
        select load.appointments from load_within(doctor_id, null, local_day(start_at, time_zone), as_of) load
      ) end,
      doctor_id
  ),
  begun as (
    insert into appointments (
      id, doctor_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes,
      buffer_after_minutes, override_reason, hold_expires_at, stranger_id, stranger_address_hash, reason_for_visit,
      event_count, last_event_hash
    )
    overriding system value
    select
      given.id, doctor_id, patient_id, visit_type_id, as_status, start_at, end_at, coalesce(buffer_before_minutes, 0),
      coalesce(buffer_after_minutes, 0), begin_unless_refused.override_reason, begin_unless_refused.hold_expires_at,
      case when of_patient is null then of_stranger end, of_address, begin_unless_refused.reason_for_visit, 1,
      event_hash(
        null, given.id, 1, event, as_of, actor_kind, begin_unless_refused.account_id, begin_unless_refused.api_key_id,
        begin_unless_refused.request_id, begin_unless_refused.override_reason, null, appointment_facts(
          as_status, doctor_id, patient_id, visit_type_id, start_at, end_at, begin_unless_refused.hold_expires_at
        )
      )
    from willing
    cross join lateral (
      select nextval(pg_get_serial_sequence('appointments', 'id')) as id
      where of_doctor is not null
      or is_patient_free(patient_id, tstzrange(start_at, end_at)) and holds_nothing(of_stranger)
      offset 0 -- so that it is asked row by row, as each comes to be inserted
    ) given
    on conflict do nothing
    returning *
  ),
  recorded as (
    insert into events (
      appointment_id, number, kind, at, actor_kind, account_id, api_key_id, request_id, reason,
      before, after, previous_hash, hash
    )
    select
      begun.id, 1, event, as_of, actor_kind, begin_unless_refused.account_id, begin_unless_refused.api_key_id,
      begin_unless_refused.request_id, begin_unless_refused.override_reason, null, appointment_facts(
        status, doctor_id, patient_id, visit_type_id, start_at, end_at, begun.hold_expires_at
      ), null, last_event_hash
    from begun
  )
  select
    judged.verdict,
    begun.id,
    case when judged.verdict is null and begun.id is null then exists (
      select from appointments other
      where other.patient_id = judged.patient_id
      and other.patient_occupied && tstzrange(judged.start_at, judged.end_at)
    ) end
  from judged
  left join begun using (doctor_id)
  order by begun.id, judged.verdict is not null, array_position(array[
    'slot_taken', 'off_grid', 'day_full', 'short_notice', 'outside_hours', 'in_the_past', 'beyond_horizon', 'not_offered'
  ], judged.verdict)
  limit 1;
end;

-- How an appointment goes on, in one call, as one begins in one (0016): each step is a function whose plan is kept, and only
-- one of them says in which order. One step judges and changes nothing, one changes and judges nothing.

-- What a verb says of an appointment: why not, or what the appointment is to be.
create type judgement as (
  verdict text,
  status text, doctor_id bigint, patient_id bigint, start_at timestamptz, end_at timestamptz,
  buffer_before_minutes smallint, buffer_after_minutes smallint,
  override_reason text, reason_for_visit text, hold_expires_at timestamptz,
  -- Where it is free that day, when something stands in the way.
  next_start_at timestamptz
);
--> statement-breakpoint
-- Those who move appointments of the same doctor or patient into time take turns, in one order: two that change places
-- would otherwise wait for one another.
create function take_turns(of_appointment bigint, to_doctor bigint, for_patient bigint) returns void
language sql volatile set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended(who, 0) as key
    from appointments one
    cross join lateral (values
      ('doctor ' || one.doctor_id), ('doctor ' || to_doctor), ('patient ' || one.patient_id), ('patient ' || for_patient)
    ) busy (who)
    where one.id = of_appointment and who is not null
    order by key
    offset 0
  ) in_order;
end;
--> statement-breakpoint
-- Before an appointment takes other time: waits for those who want a visit with the same daily cap, then for an absence that
-- is just being entered; then it is locked with the expired holds of the doctor and of the patient, all in order of id, and
-- these go. It might have been one of them a moment ago, and somebody else be about to let it go.
create function clear_the_way(
  of_appointment bigint, to_doctor bigint, beside_doctor bigint, beside_patient bigint,
  as_of timestamptz, actor_kind text, account_id bigint, api_key_id bigint, request_id text
) returns void
language sql volatile set plan_cache_mode to force_generic_plan
begin atomic
  select from appointments wanted
  join visit_types visit on visit.id = wanted.visit_type_id and visit.daily_cap is not null
  join doctor_visit_types offer
    on offer.visit_type_id = visit.id and offer.doctor_id = coalesce(to_doctor, wanted.doctor_id)
  where wanted.id = of_appointment
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  with
  locked as (
    select hold.id
    from appointments hold
    where hold.id = any (array(
      select of_appointment
      union all
      select other.id from appointments other
      where other.doctor_id = beside_doctor and other.status = 'pending' and other.hold_expires_at <= as_of
      union all
      select other.id from appointments other
      where other.patient_id = beside_patient and other.status = 'pending' and other.hold_expires_at <= as_of
    ))
    and (hold.id = of_appointment or hold.status = 'pending' and hold.hold_expires_at <= as_of)
    order by hold.id
    for update
  )
  select let_go(
    array(select id from locked where id <> of_appointment), as_of, actor_kind, account_id, api_key_id, request_id
  );
end;
--> statement-breakpoint
-- Whether an appointment, or a hold, may go from one status to the next by an event.
create function judge_change(
  of_appointment bigint, event text, from_statuses text[], to_status text, of_version integer,
  by_desk boolean, longer interval, as_of timestamptz
) returns judgement
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select
    case
      when one.status = to_status and one.status <> all (from_statuses) then 'already'
      when of_version <> one.event_count then 'stale'
      when one.status <> all (from_statuses) then 'wrong_status'
      else case event
        when 'appointment.cancelled' then case
          when not by_desk
          and one.start_at - coalesce(visit.cancellation_notice_minutes, 0) * interval '1 minute' <= as_of then 'too_late'
        end
        when 'appointment.arrived' then case
          when not local_day(one.start_at, location.time_zone) @> as_of then 'not_today'
        end
        when 'appointment.missed' then case when one.start_at > as_of then 'not_yet' end
        when 'appointment.extended' then case
          when one.hold_expires_at <= as_of then 'hold_expired'
          when exists (select from events where appointment_id = one.id and kind = event) then 'already_extended'
        end
        when 'appointment.reopened' then case
          when not exists (
            select from events last
            where last.appointment_id = one.id and last.number = one.event_count
            and local_day(last.at, location.time_zone) @> as_of
          ) then 'not_today'
          -- Only a no-show gave its time away, and may find it taken.
          when one.status = 'noshow' then (
            select case when other.doctor_id = one.doctor_id then 'slot_taken' else 'patient_busy' end
            from appointments other
            where other.id <> one.id
            and (
              other.doctor_id = one.doctor_id and other.doctor_occupied && tstzrange(
                one.start_at - one.buffer_before_minutes * interval '1 minute',
                one.end_at + one.buffer_after_minutes * interval '1 minute'
              )
              or other.patient_id = one.patient_id and other.patient_occupied && tstzrange(one.start_at, one.end_at)
            )
            order by other.doctor_id = one.doctor_id desc
            limit 1
          )
        end
      end
    end,
    to_status, one.doctor_id, one.patient_id, one.start_at, one.end_at,
    one.buffer_before_minutes, one.buffer_after_minutes, one.override_reason, one.reason_for_visit,
    case event
      when 'appointment.extended' then one.hold_expires_at + longer
      -- What it was, it stays: so it is no cancelled appointment, and nobody's list has it.
      when 'appointment.released' then one.hold_expires_at
    end,
    null::timestamptz
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = doctor.location_id
  left join visit_types visit on visit.id = one.visit_type_id
  where one.id = of_appointment;
end;
--> statement-breakpoint
-- Whether what is held may be booked. What was on time when it was held stays so; whether the doctor is there is asked anew.
create function judge_booking(
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
--> statement-breakpoint
-- Whether an appointment may move to another time, possibly of another doctor. A patient may move it to a slot, as if the
-- appointment itself were not; the front desk to any time at which nobody else is occupied.
create function judge_move(
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
--> statement-breakpoint
-- Makes of an appointment what was judged, and records it as its next event.
create function apply_judgement(
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
--> statement-breakpoint
-- The steps in their order, each with a snapshot that sees what the ones before it waited for. Answers with one row, or with
-- none when there is no such appointment, or it is none of the business of who asks: that it is of theirs, one line says, for
-- all. With a key the answer is kept.
create function change_appointment(
  of_appointment bigint, event text, from_statuses text[], to_status text,
  of_anybody boolean, of_patients bigint[], of_doctor bigint, of_stranger text,
  by_desk boolean, as_of timestamptz, actor_kind text, of_account bigint, of_api_key bigint, of_request text,
  claimed_key text, fingerprint text,
  of_version integer default null, why text default null,
  longer interval default null,
  for_patient bigint default null, or_else bigint default null, visit_reason text default null,
  to_doctor bigint default null, starts text default null, ends text default null
) returns jsonb
language plpgsql volatile set plan_cache_mode to force_generic_plan set enable_seqscan to off
as $$
declare
  is_booking constant boolean := event = 'appointment.booked';
  is_move constant boolean := event = 'appointment.rescheduled';
  beside record;
  judged judgement;
  former jsonb;
  answer jsonb := '[]';
begin
  if claimed_key is not null then
    perform claim_key(of_account, claimed_key, fingerprint, as_of);
  end if;
  -- What takes time that it has not had.
  if is_booking or is_move or 'noshow' = any (from_statuses) then
    perform take_turns(of_appointment, to_doctor, coalesce(for_patient, or_else));
    select
      case when not is_booking then coalesce(to_doctor, one.doctor_id) end as doctor,
      coalesce(for_patient, one.patient_id, or_else) as patient
    into beside
    from appointments one where one.id = of_appointment;
    perform clear_the_way(
      of_appointment, to_doctor, beside.doctor, beside.patient, as_of, actor_kind, of_account, of_api_key, of_request
    );
  end if;
  perform from appointments one
  where one.id = of_appointment
  and (
    of_anybody or one.patient_id = any (of_patients) or one.doctor_id = of_doctor or one.stranger_id = of_stranger
  )
  for no key update;
  if found then
    judged := case
      when is_booking then judge_booking(of_appointment, for_patient, or_else, visit_reason, by_desk, as_of)
      when is_move then judge_move(of_appointment, of_version, to_doctor, starts, ends, why, by_desk, as_of)
      else judge_change(of_appointment, event, from_statuses, to_status, of_version, by_desk, longer, as_of)
    end;
    former := told(of_appointment);
    if judged.verdict is null then
      perform apply_judgement(
        of_appointment, judged, event, why, as_of, actor_kind, of_account, of_api_key, of_request
      );
    end if;
    answer := jsonb_build_array(
      case when judged.verdict is null then told(of_appointment) else former end
      || jsonb_build_object(
        'verdict', judged.verdict,
        'next_start_at', judged.next_start_at,
        'former', jsonb_build_object(
          'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
          'first_day', former -> 'first_day', 'last_day', former -> 'last_day',
          'hold_expires_at', former -> 'hold_expires_at'
        )
      )
    );
  end if;
  if claimed_key is not null then
    update idempotency_keys kept set answers = jsonb_build_array(answer)
    where kept.account_id = of_account and kept.key = claimed_key;
  end if;
  return jsonb_build_array(answer);
end
$$;

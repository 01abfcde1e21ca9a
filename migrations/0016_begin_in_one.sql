-- How an appointment begins, held or agreed, in one call: each step is a function whose plan is kept, and only one of
-- them says in which order. HTTP promises no session, and so planning took longer than all the rest of a booking.

-- Claims an idempotency key for a request, or fails: by the primary key where it was used, after two seconds where its first
-- request is not done. Keys older than a day go, a few with every claim, so that no job has to sweep.
create function claim_key(of_account bigint, claimed_key text, of_request text, as_of timestamptz) returns void
language sql volatile set plan_cache_mode to force_generic_plan set lock_timeout to '2s'
begin atomic
  delete from idempotency_keys
  where account_id = of_account and key = claimed_key and claimed_at <= as_of - interval '24 hours';
  delete from idempotency_keys
  where (account_id, key) in (
    select account_id, key from idempotency_keys
    where claimed_at <= as_of - interval '24 hours' order by claimed_at limit 4 for update skip locked
  );
  insert into idempotency_keys (account_id, key, fingerprint, claimed_at)
  values (of_account, claimed_key, decode(of_request, 'hex'), as_of);
end;
--> statement-breakpoint
-- The holds of one patient, or of one network address and then of one stranger, are made one after the other, so that
-- they can be counted.
create function await_other_holds(of_patient bigint, of_address text, of_stranger text) returns void
language sql volatile set plan_cache_mode to force_generic_plan
begin atomic
  select from patients where id = of_patient for no key update;
  select pg_advisory_xact_lock(hashtextextended(who, 0))
  from (
    select who
    from (values (1, 'address ' || of_address), (2, 'stranger ' || of_stranger)) holder (place, who)
    where of_patient is null and who is not null
    order by place
    offset 0
  ) in_order;
end;
--> statement-breakpoint
-- Before somebody looks for room: waits for those who want a visit with the same daily cap, then for an absence that is just
-- being entered; then expired holds go that are in the way or would count, found once for all doctors who may be meant and
-- judged again once they are locked, and every other hold that the stranger has: one at a time.
create function make_room(
  of_doctor bigint, at_location bigint, of_specialty text, of_patient bigint, of_visit_type bigint,
  starts text, ends text, by_desk boolean, is_hold boolean, of_stranger text, as_of timestamptz,
  actor_kind text, account_id bigint, api_key_id bigint, request_id text
) returns void
language sql volatile set plan_cache_mode to force_generic_plan
begin atomic
  select from doctor_visit_types offer
  join visit_types visit on visit.id = offer.visit_type_id
  join doctors doctor on doctor.id = offer.doctor_id
  where visit.daily_cap is not null
  and (of_visit_type is null or visit.id = of_visit_type)
  and offer.doctor_id = any (
    case when of_doctor is not null then array[of_doctor] else array(
      select doctor_id from doctor_visit_types where visit_type_id = of_visit_type
    ) end
  )
  and (at_location is null or doctor.location_id = at_location)
  and (of_specialty is null or doctor.specialty = of_specialty)
  order by offer.doctor_id, offer.visit_type_id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  with
  wanted as materialized (
    -- With room for the longest buffers on either side.
    select *, tstzrange(least(start_at, end_at) - interval '2 hours', end_at + interval '2 hours') as around
    from asked(of_doctor, at_location, of_specialty, of_patient, of_visit_type, starts, ends, by_desk)
  ),
  going as (
    select hold.id
    from appointments hold
    where (
      hold.status = 'pending' and hold.hold_expires_at <= as_of
      or hold.status = 'pending' and hold.stranger_id = of_stranger
    )
    and hold.id = any (array(
      -- What is not counted must go, or it might be booked, or extended, by a clock that is a little behind. Not so what
      -- others hold from the same address: who is late there may still book.
      select hold.id
      from wanted
      join appointments hold on hold.doctor_id = wanted.doctor_id
      where hold.status = 'pending' and hold.hold_expires_at <= as_of
      and (
        (wanted.daily_cap is not null and hold.visit_type_id = wanted.visit_type_id)
        or hold.doctor_occupied && wanted.around
      )
      union all
      select hold.id
      from appointments hold
      where hold.patient_id = of_patient and hold.status = 'pending' and hold.hold_expires_at <= as_of
      and (is_hold or exists (select from wanted where hold.doctor_occupied && wanted.around))
      union all
      select hold.id
      from appointments hold
      where hold.status = 'pending' and hold.stranger_id = of_stranger
      and not exists (
        select from wanted
        where wanted.doctor_id = hold.doctor_id
        and wanted.visit_type_id is not distinct from hold.visit_type_id
        and wanted.start_at = hold.start_at and wanted.end_at = hold.end_at
      )
    ))
    order by id
    for update
  )
  select let_go(array(select id from going), as_of, actor_kind, account_id, api_key_id, request_id);
end;
--> statement-breakpoint
-- Judges what was asked by the clinic's rules, and lets it begin unless one, or a constraint, is against it. Of several
-- doctors who would do, the one with the least to do that day; of several who all say no, the reason that a small change
-- of the wish may overcome.
create function begin_unless_refused(
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
--> statement-breakpoint
-- An appointment with the names around it, as a verb answers with it.
create function told(of_appointment bigint) returns jsonb
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select to_jsonb(told)
  from (
    select
      one.id, one.status, one.event_count as version,
      one.start_at, to_char(one.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      one.end_at, to_char(one.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      one.doctor_id, doctor.name as doctor, one.patient_id, patient.name as patient,
      one.visit_type_id, visit.name as visit_type, visit.mode, visit.cancellation_notice_minutes,
      doctor.location_id, location.name as location, location.address, location.phone, location.time_zone,
      one.override_reason, one.reason_for_visit, one.hold_expires_at,
      to_char(one.hold_expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as hold_expires_local,
      to_char((
        one.start_at - one.buffer_before_minutes * interval '1 minute'
      ) at time zone location.time_zone, 'YYYY-MM-DD') as first_day,
      to_char((
        one.end_at + one.buffer_after_minutes * interval '1 minute' - interval '1 microsecond'
      ) at time zone location.time_zone, 'YYYY-MM-DD') as last_day
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = doctor.location_id
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    where one.id = of_appointment
  ) told;
end;
--> statement-breakpoint
-- The open hold that whoever asks has of the very slot that is asked for.
create function own_hold(
  of_doctor bigint, of_patient bigint, of_visit_type bigint, starts text, ends text, of_stranger text, as_of timestamptz
) returns bigint
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select min(hold.id)
  from appointments hold
  join doctors doctor on doctor.id = hold.doctor_id
  join locations location on location.id = doctor.location_id
  where (hold.stranger_id = of_stranger or hold.patient_id = of_patient)
  and hold.status = 'pending' and hold.hold_expires_at > as_of
  and hold.doctor_id = coalesce(of_doctor, hold.doctor_id)
  and hold.visit_type_id is not distinct from coalesce(of_visit_type, hold.visit_type_id)
  and hold.start_at = instant_at(starts, location.time_zone)
  and hold.end_at = coalesce(instant_at(ends, location.time_zone), hold.end_at);
end;
--> statement-breakpoint
-- When the doctors are free again whose open holds this very transaction let go, because a stranger asks for another.
create function given_up(of_stranger text, as_of timestamptz) returns jsonb
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(told(hold.id) order by hold.id), '[]')
  from appointments hold
  where hold.stranger_id = of_stranger and hold.status = 'cancelled' and hold.hold_expires_at > as_of
  and hold.xmin = pg_current_xact_id_if_assigned()::xid;
end;
--> statement-breakpoint
-- The steps in their order, each with a snapshot that sees what the ones before it waited for. Answers with a list of rows
-- for each question: what began, or why not; what stands in the way; what is held already; what was given up. With a key the
-- answers are kept. No rule stands here: what knows no order is in the functions above.
create function begin_appointment(
  as_status text, event text,
  of_doctor bigint, at_location bigint, of_specialty text, of_patient bigint, of_visit_type bigint,
  starts text, ends text, by_desk boolean, override_reason text, reason_for_visit text,
  hold_expires_at timestamptz, of_stranger text, of_address text, most_holds integer,
  as_of timestamptz, actor_kind text, of_account bigint, of_api_key bigint, of_request text,
  claimed_key text, fingerprint text
) returns jsonb
language plpgsql volatile set plan_cache_mode to force_generic_plan
as $$
declare
  is_hold constant boolean := as_status = 'pending';
  begun record;
  around jsonb := '[]';
  own bigint;
  all_answers jsonb;
begin
  if claimed_key is not null then
    perform claim_key(of_account, claimed_key, fingerprint, as_of);
  end if;
  if is_hold then
    perform await_other_holds(of_patient, of_address, of_stranger);
  end if;
  perform make_room(
    of_doctor, at_location, of_specialty, of_patient, of_visit_type, starts, ends, by_desk, is_hold, of_stranger,
    as_of, actor_kind, of_account, of_api_key, of_request
  );
  select * into begun from begin_unless_refused(
    as_status, event, of_doctor, at_location, of_specialty, of_patient, of_visit_type, starts, ends, by_desk,
    override_reason, reason_for_visit, hold_expires_at, of_stranger, of_address, most_holds,
    as_of, actor_kind, of_account, of_api_key, of_request
  );
  if begun.id is null then
    select coalesce(jsonb_agg(to_jsonb(seen)), '[]') into around from look_around(
      of_doctor, at_location, of_specialty, of_patient, of_visit_type, starts, ends, by_desk, of_stranger, as_of
    ) seen;
    if is_hold then
      own := own_hold(of_doctor, of_patient, of_visit_type, starts, ends, of_stranger, as_of);
    end if;
  end if;
  all_answers := jsonb_build_array(
    jsonb_build_array(to_jsonb(begun) || coalesce(told(begun.id), '{}')),
    around,
    case when own is null then '[]' else jsonb_build_array(told(own)) end,
    case when of_stranger is null then '[]' else given_up(of_stranger, as_of) end
  );
  if claimed_key is not null then
    update idempotency_keys kept set answers = all_answers
    where kept.account_id = of_account and kept.key = claimed_key;
  end if;
  return all_answers;
end
$$;

ALTER TABLE "events" DROP CONSTRAINT "events_kind_is_known";
--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_kind_is_known" CHECK ("events"."kind" in ('appointment.held', 'appointment.extended', 'appointment.released', 'appointment.booked', 'appointment.walked_in', 'appointment.rescheduled', 'appointment.cancelled', 'appointment.arrived', 'appointment.fulfilled', 'appointment.missed', 'appointment.reopened', 'appointment.reassigned', 'appointment.resized', 'appointment.requested', 'appointment.confirmed', 'appointment.declined', 'appointment.lapsed')) NOT VALID;
--> statement-breakpoint
-- How many slots are held for the patients of an account.
create or replace function count_holds(of_account bigint, as_of timestamptz) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select count(*)
  from appointments hold
  where hold.patient_id = any (array(select patient_id from account_patients where account_id = of_account))
  and hold.start_at > as_of - interval '8 hours'
  and hold.status = 'pending'
  and not hold.awaits_approval
  and hold.hold_expires_at > as_of
);
--> statement-breakpoint
-- Why the clinic did not confirm an appointment, which the patient reads; null unless it declined.
create or replace function decline_reason(one appointments) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
return case when one.status = 'cancelled' then (
  select reason from events
  where appointment_id = one.id
  and kind = 'appointment.declined'
  limit 1
) end;
--> statement-breakpoint
-- Changes an appointment as was decided, with the event that records it. Nothing is judged here.
create or replace function apply_decision(
  before appointments, wanted appointments, change change, decision decision, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  after appointments := before;
  event events;
begin
  if change.event = 'appointment.booked' and decision.hold_expires_at is not null then
    -- The clinic confirms it first.
    change.event := 'appointment.requested';
    wanted.status := 'pending';
  end if;
  after.status := coalesce(wanted.status, before.status);
  after.doctor_id := coalesce(decision.doctor_id, before.doctor_id);
  after.patient_id := coalesce(decision.patient_id, before.patient_id);
  after.location_id := coalesce(decision.location_id, before.location_id);
  after.start_at := coalesce(decision.start_at, before.start_at);
  after.end_at := coalesce(decision.end_at, before.end_at);
  after.session_id := coalesce(wanted.session_id, before.session_id);
  after.place := coalesce(wanted.place, before.place);
  after.capacity := coalesce(wanted.capacity, before.capacity);
  after.hold_expires_at := coalesce(decision.hold_expires_at, before.hold_expires_at);
  after.awaits_approval := after.status = 'pending'
    and (change.event = 'appointment.requested' or before.awaits_approval);
  if after.status = 'cancelled' and before.awaits_approval then
    after.hold_expires_at := null;
  end if;
  if after.status = 'booked' then
    -- It is a hold no more. A released hold, on the other hand, keeps when it would have expired, so that it is not listed
    -- among the cancelled appointments.
    after.hold_expires_at := null;
  end if;
  if after.status = 'booked' or after.awaits_approval then
    after.stranger_id := null;
    after.stranger_address_hash := null;
    after.stranger_wider_hash := null;
  end if;
  if change.event = 'appointment.rescheduled' then
    after.override_reason := wanted.override_reason;
    after.visit_type_id := decision.visit_type_id;
  end if;
  after.buffer_before_minutes := coalesce(decision.buffer_before_minutes, before.buffer_before_minutes);
  after.buffer_after_minutes := coalesce(decision.buffer_after_minutes, before.buffer_after_minutes);
  if change.event = 'appointment.rescheduled' or before.status = 'noshow' then
    perform claim_again(after, change, acting);
  end if;
  event := next_event(before, after, change.event, change.reason, acting);
  update appointments
  set
    status = after.status,
    doctor_id = after.doctor_id,
    location_id = after.location_id,
    visit_type_id = after.visit_type_id,
    patient_id = after.patient_id,
    start_at = after.start_at,
    end_at = after.end_at,
    buffer_before_minutes = after.buffer_before_minutes,
    buffer_after_minutes = after.buffer_after_minutes,
    override_reason = after.override_reason,
    reason_for_visit = coalesce(wanted.reason_for_visit, before.reason_for_visit),
    hold_expires_at = after.hold_expires_at,
    session_id = after.session_id,
    place = after.place,
    capacity = after.capacity,
    awaits_approval = after.awaits_approval,
    stranger_id = after.stranger_id,
    stranger_address_hash = after.stranger_address_hash,
    stranger_wider_hash = after.stranger_wider_hash,
    event_count = event.number,
    last_event_hash = event.hash
  where id = before.id;
  perform append_event(event);
end
$$;
--> statement-breakpoint
-- An appointment with the names around it, as verbs answer with it.
create or replace function appointment_details(of_appointment bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select to_jsonb(details)
  from (
    select
      one.id, one.status, one.event_count as version,
      one.start_at, to_char(one.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      one.end_at, to_char(one.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      one.doctor_id, doctor.name as doctor, one.patient_id, patient.name as patient,
      one.visit_type_id, visit.name as visit_type, visit.mode, visit.cancellation_notice_minutes,
      location.id as location_id, location.name as location, location.address, location.phone, location.time_zone,
      one.override_reason, one.reason_for_visit, one.hold_expires_at, one.capacity, one.session_id, one.series_id,
      one.awaits_approval, decline_reason(one) as decline_reason,
      things_of(coalesce(one.session_id, one.id)) as resources,
      to_char(one.hold_expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as hold_expires_local,
      affected.elsewhere
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    -- Where else it changes the free time: other locations of whoever takes part. Null, when it takes something that anyone
    -- might need.
    cross join lateral (
      select case when not bool_or(claim.need_id is not null or claim.part = any (array['room', 'device'])) then coalesce(
        jsonb_agg(jsonb_build_object('doctor_id', work.doctor_id, 'location_id', work.location_id)) filter (
          where (work.doctor_id, work.location_id) <> (one.doctor_id, coalesce(one.location_id, doctor.location_id))
        ),
        '[]'
      ) end as elsewhere
      from claims claim
      left join doctors person on person.resource_id = claim.resource_id
      left join doctor_locations work on work.doctor_id = person.id
      where claim.appointment_id = one.id
    ) affected
    where one.id = of_appointment
  ) details;
end;
--> statement-breakpoint
-- Until when the clinic has to confirm what is booked now; null when it is booked at once, as everything is by the front desk.
create or replace function approval_deadline(of_visit_type bigint, start_at timestamptz, acting acting) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select least(acting.as_of + visit.approval_hours * interval '1 hour', start_at)
  from visit_types visit
  where visit.id = of_visit_type
  and visit.requires_approval
  and not acting.by_desk
);
--> statement-breakpoint
-- Cancels the account's appointments that are still to come, and releases its holds, each with its event: those of patients
-- for whom no other account acts. What may no longer be cancelled online stays, unless the front desk cancels it. Answers
-- with what `change_appointment` says of each.
create or replace function cancel_upcoming(account bigint, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  upcoming record;
  answer jsonb;
  answers jsonb := '[]';
begin
  -- The request itself claims the key, once.
  acting.idempotency_key := null;
  for upcoming in
    select one.id, one.status, one.awaits_approval
    from account_patients pair
    join appointments one on one.patient_id = pair.patient_id
    where pair.account_id = account
    and one.start_at > acting.as_of
    and one.status in ('booked', 'pending')
    and not exists (
      select from account_patients other
      where other.patient_id = pair.patient_id
      and other.account_id <> account
      and link_is_in_force(other.ends_on, acting.as_of)
    )
    order by one.id
  loop
    answer := change_appointment(
      jsonb_populate_record(null::appointments, jsonb_build_object('id', upcoming.id, 'status', 'cancelled')),
      jsonb_populate_record(null::change, jsonb_build_object(
        'event', case
          when upcoming.status = 'booked' or upcoming.awaits_approval then 'appointment.cancelled'
          else 'appointment.released'
        end,
        'from_statuses', array[upcoming.status],
        'of_anyone', true
      )),
      acting
    );
    answers := answers || (answer -> 0);
  end loop;
  return answers;
end
$$;
--> statement-breakpoint
-- Makes sure that a person of these records has no appointment to come: releases their holds and, when `cancels` says so,
-- cancels what is booked, all or nothing. The caller has locked the records. Answers with the ids of both, or with the refusal
-- and the appointments that stand in the way: all of them, those that may no longer be cancelled online, or one of someone
-- who is here now.
create or replace function end_appointments(records bigint[], cancels boolean, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  upcoming constant bigint[] := array(
    select id
    from appointments
    where patient_id = any (records)
    and (
      status = 'booked' and end_at > acting.as_of
      or status = 'arrived'
      or awaits_approval and hold_expires_at > acting.as_of
    )
    order by id
  );
  holds constant bigint[] := array(
    select id
    from appointments
    where patient_id = any (records)
    and status = 'pending'
    and (not awaits_approval or hold_expires_at <= acting.as_of)
    order by id
    for update
  );
  in_the_way bigint[];
  one bigint;
  answer jsonb;
begin
  -- The request itself claims the key, once.
  acting.idempotency_key := null;
  in_the_way := case
    when cancels then array(select id from appointments where id = any (upcoming) and status = 'arrived')
    else upcoming
  end;
  if in_the_way = '{}' then
    begin
      foreach one in array upcoming loop
        answer := change_appointment(
          jsonb_populate_record(null::appointments, jsonb_build_object('id', one, 'status', 'cancelled')),
          jsonb_populate_record(null::change, jsonb_build_object(
            'event', 'appointment.cancelled', 'from_statuses', array['booked', 'pending'], 'of_anyone', true
          )),
          acting
        );
        if answer -> 0 -> 0 ->> 'verdict' is distinct from null then
          in_the_way := array[one];
          raise exception 'It may not be cancelled any more.' using errcode = 'AL409';
        end if;
      end loop;
    exception when sqlstate 'AL409' then
      -- This took back those that it had cancelled before.
      null;
    end;
  end if;
  if in_the_way <> '{}' then
    return jsonb_build_object(
      'refusal', 'has_future_appointments', 'appointments', list_appointments(in_the_way)
    );
  end if;
  foreach one in array holds loop
    perform release_hold(one, acting);
  end loop;
  return jsonb_build_object('cancelled', to_jsonb(upcoming), 'released', to_jsonb(holds));
end
$$;
--> statement-breakpoint
-- The open hold that the browser, or the patient, already has of the slot that it asks for.
create or replace function find_own_hold(wanted appointments, wish wish, acting acting) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(hold.id)
  from appointments hold
  join doctors doctor on doctor.id = hold.doctor_id
  join locations location on location.id = doctor.location_id
  where (hold.stranger_id = wanted.stranger_id or hold.patient_id = wanted.patient_id)
  and hold.status = 'pending'
  and not hold.awaits_approval
  and hold.hold_expires_at > acting.as_of
  and hold.session_id is not distinct from wanted.session_id
  and hold.doctor_id = coalesce(wanted.doctor_id, hold.doctor_id)
  -- One of another length than the visit type's, which the front desk may wish for, has none.
  and (
    wanted.visit_type_id is null
    or hold.visit_type_id = wanted.visit_type_id
    or hold.visit_type_id is null and wish.ends is not null
  )
  and (wanted.session_id is not null or hold.start_at = instant_at(wish.starts, location.time_zone))
  and hold.end_at = coalesce(instant_at(wish.ends, location.time_zone), hold.end_at);
end;
--> statement-breakpoint
-- Deletes holds that were never booked, with their events, as many days after they expired as the settings say: the oldest
-- first, `at_most` at a time. Each leaves a tombstone. The caller's clock may put this off, but not bring it forward. The Worker's database role
-- may not delete appointments or events; this function is the only way in which any are removed.
create or replace function forget_holds(as_of timestamptz, at_most integer) returns integer
language sql
security definer
begin atomic
  with
  past as materialized (
    select least(as_of, now()) - make_interval(days => released_holds_kept_days) as instant
    from clinic_settings
    where id
  ),
  due as (
    (
      select id, hold_expires_at from appointments
      where status = 'cancelled' and hold_expires_at < (select instant from past)
      and may_forget_hold(id, (select instant from past))
      order by hold_expires_at limit at_most
    )
    union all
    (
      select id, hold_expires_at from appointments
      where status = 'pending' and not awaits_approval and hold_expires_at < (select instant from past)
      and may_forget_hold(id, (select instant from past))
      order by hold_expires_at limit at_most
    )
  ),
  going as (
    select id
    from appointments
    where id = any (array(select id from due order by hold_expires_at limit at_most))
    -- checked again now that it is locked: it may have been booked
    and hold_expires_at < (select instant from past)
    for update skip locked
  ),
  forgotten_events as (delete from events where appointment_id = any (array(select id from going))),
  forgotten_heads as (
    delete from event_heads where appointment_id = any (array(select id from going))
    returning appointment_id, event_count, last_event_hash
  ),
  buried as (
    insert into tombstones (appointment_id, event_count, last_event_hash, why)
    select appointment_id, event_count, last_event_hash, 'hold_never_booked' from forgotten_heads
  ),
  forgotten as (delete from appointments where id = any (array(select id from going)) returning 1)
  select count(*)::integer from forgotten;
end;
--> statement-breakpoint
-- Inserts the wanted appointment, with its claims and its first event, unless a rule or a constraint refuses it. With any
-- doctor, each who is willing is tried until one is free. Nothing is judged here.
create or replace function insert_appointment(wanted appointments, wish wish, acting acting) returns beginning
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  judged record;
  event events;
  refused text;
  first_kind text := wish.event;
  begun beginning;
begin
  for judged in
    select * from judge_beginning(wanted, wish, acting) where wanted.session_id is null
    union all
    select * from judge_participant(wanted, wish, acting) where wanted.session_id is not null
  loop
    begun.verdict := judged.verdict;
    exit when judged.verdict is not null;
    wanted.id := nextval(pg_get_serial_sequence('appointments', 'id'));
    wanted.doctor_id := judged.doctor_id;
    wanted.visit_type_id := judged.visit_type_id;
    wanted.start_at := judged.start_at;
    wanted.end_at := judged.end_at;
    wanted.location_id := judged.location_id;
    wanted.buffer_before_minutes := judged.buffer_before_minutes;
    wanted.buffer_after_minutes := judged.buffer_after_minutes;
    if wish.event = 'appointment.booked' and wanted.session_id is null then
      wanted.hold_expires_at := approval_deadline(judged.visit_type_id, judged.start_at, acting);
      wanted.awaits_approval := wanted.hold_expires_at is not null;
      if wanted.awaits_approval then
        wanted.status := 'pending';
        first_kind := 'appointment.requested';
      end if;
    end if;
    refused := claim_all(wanted, wish, acting);
    if refused is null then
      event := next_event(null, wanted, first_kind, wanted.override_reason, acting);
      insert into appointments (
        id, doctor_id, location_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes,
        buffer_after_minutes, override_reason, reason_for_visit, hold_expires_at, stranger_id, stranger_address_hash,
        stranger_wider_hash, awaits_approval, capacity, session_id, place, series_id, event_count, last_event_hash
      )
      overriding system value
      values (
        wanted.id, wanted.doctor_id, wanted.location_id, wanted.patient_id, wanted.visit_type_id, wanted.status,
        wanted.start_at, wanted.end_at, wanted.buffer_before_minutes, wanted.buffer_after_minutes,
        wanted.override_reason, wanted.reason_for_visit, wanted.hold_expires_at,
        case when wanted.patient_id is null then wanted.stranger_id end, wanted.stranger_address_hash,
        wanted.stranger_wider_hash, coalesce(wanted.awaits_approval, false), wanted.capacity, wanted.session_id,
        wanted.place, wanted.series_id, event.number, event.hash
      );
      perform append_event(event);
      begun.id := wanted.id;
      exit;
    end if;
    -- Which of the clinic's rooms and people were missing is not a patient's business.
    begun.verdict := case when refused = 'resource_taken' and acting.by_desk then refused end;
    begun.patient_was_busy := refused = 'patient_busy';
    exit when begun.patient_was_busy; -- with any other doctor, too
  end loop;
  return begun;
end
$$;
--> statement-breakpoint
-- Why an account may not hold or book one appointment more, counted over all its patients; null when it may. Only what was
-- booked online counts, and none of this binds the front desk. Callers take turns first (`lock_to_begin`,
-- `lock_to_change`), so that each counts those before it.
create or replace function judge_account(wanted appointments, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when wanted.status = 'pending' and wanted.patient_id is not null and count_holds(account.id, acting.as_of) >= case
      when account.is_new then settings.most_holds_in_first_hour
      else settings.most_holds
    end then 'too_many_holds'
    -- Most bookings are below every limit, and need not look into the past.
    when open.many >= least(
      settings.most_open_appointments_in_first_hour,
      settings.most_open_appointments,
      settings.most_open_appointments_after_visit
    )
    and open.many >= case
      when account.is_new then settings.most_open_appointments_in_first_hour
      when has_attended(account.id, acting.as_of) then settings.most_open_appointments_after_visit
      else settings.most_open_appointments
    end then 'too_many_appointments'
  end
  from clinic_settings settings
  cross join (
    select id, created_at > acting.as_of - interval '1 hour' as is_new
    from accounts
    where id = acting.account_id
    and not acting.by_desk
  ) account
  cross join lateral (
    select count(*) as many
    from appointments booked
    where booked.patient_id = any (array(select patient_id from account_patients where account_id = account.id))
    and booked.start_at > acting.as_of - interval '8 hours'
    and booked.end_at > acting.as_of
    and (
      booked.status = any (array['booked', 'arrived'])
      or booked.awaits_approval and booked.hold_expires_at > acting.as_of
    )
    and exists (
      select from events
      where events.appointment_id = booked.id
      and events.kind = any (array['appointment.booked', 'appointment.requested'])
      and events.actor_kind = 'patient'
      offset 0 -- or a plan made while there were few events would read all of them
    )
  ) open
  where settings.id;
end;
--> statement-breakpoint
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
    end,
    null, patient.id, null, null, null, null, null, null, null, null
  )::decision
  from appointments one
  left join patients patient on patient.id = wanted.patient_id
  left join patients former on former.id = one.patient_id
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- Ends requests that the clinic has not decided in time, the oldest first, `at_most` at a time. The caller's clock may put
-- this off, but not bring it forward. Answers with the appointments.
create or replace function lapse_requests(acting acting, at_most integer) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  lapsed bigint[];
  one bigint;
begin
  acting.as_of := least(acting.as_of, now());
  lapsed := array(
    select id
    from appointments
    where status = 'pending'
    and awaits_approval
    and hold_expires_at <= acting.as_of
    order by hold_expires_at
    limit at_most
    for update skip locked
  );
  foreach one in array lapsed loop
    perform release_hold(one, acting);
  end loop;
  return list_appointments(lapsed);
end
$$;
--> statement-breakpoint
-- Ends a hold, or a request that the clinic did not decide in time, that the caller has locked. When it had expired, the clock
-- ended it, and not the person who is acting.
create or replace function release_hold(of_hold bigint, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before appointments;
  after appointments;
  event events;
begin
  select * into before from appointments where id = of_hold;
  after := before;
  after.status := 'cancelled';
  if before.awaits_approval then
    -- It is listed among the cancelled appointments.
    after.awaits_approval := false;
    after.hold_expires_at := null;
  end if;
  if before.hold_expires_at <= acting.as_of then
    acting.actor_kind := 'system';
    acting.account_id := null;
    acting.api_key_id := null;
  end if;
  event := next_event(
    before, after, case when before.awaits_approval then 'appointment.lapsed' else 'appointment.released' end, null, acting
  );
  update appointments
  set
    status = after.status,
    awaits_approval = after.awaits_approval,
    hold_expires_at = after.hold_expires_at,
    event_count = event.number,
    last_event_hash = event.hash
  where id = of_hold;
  perform append_event(event);
end
$$;
--> statement-breakpoint
-- The rules for every change that keeps the time and the people: cancel, check in, complete, mark as a no-show, undo
-- these, extend or release a hold.
create or replace function judge_change(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when one.status = wanted.status and one.status <> all (change.from_statuses) then 'already'
      when one.capacity = wanted.capacity then 'already'
      when change.version <> one.event_count then 'stale'
      when one.status <> all (change.from_statuses) then 'wrong_status'
      -- Those who take part arrive or miss it, each for themselves.
      when one.capacity is not null
      and change.event <> all (array['appointment.cancelled', 'appointment.resized']) then 'wrong_status'
      -- Not every hold is a request, and no request is a hold.
      when one.status = 'pending' and one.awaits_approval <> (change.event = any (array[
        'appointment.cancelled', 'appointment.confirmed', 'appointment.declined'
      ])) then 'wrong_status'
      else case change.event
        when 'appointment.cancelled' then case
          when not acting.by_desk
          and not one.awaits_approval
          and one.start_at - coalesce(visit.cancellation_notice_minutes, 0) * interval '1 minute' <= acting.as_of
            then 'too_late'
        end
        when 'appointment.arrived' then case
          when not local_day(one.start_at, location.time_zone) @> acting.as_of then 'not_today'
        end
        when 'appointment.missed' then case
          when one.start_at > acting.as_of then 'not_yet'
        end
        when 'appointment.extended' then case
          when one.hold_expires_at <= acting.as_of then 'hold_expired'
          when exists (
            select from events
            where appointment_id = one.id
            and kind = change.event
          ) then 'already_extended'
        end
        when 'appointment.resized' then case
          when wanted.capacity < places_taken(one.id) then 'too_few_places'
        end
        when 'appointment.reopened' then case
          when not exists (
            select from events last
            where last.appointment_id = one.id
            -- Whose it is says nothing about what is being undone.
            and last.number = (
              select max(number) from events
              where appointment_id = one.id
              and kind <> 'appointment.reassigned'
            )
            and local_day(last.at, location.time_zone) @> acting.as_of
          ) then 'not_today'
          when one.status = 'noshow' and one.session_id is not null and wanted.place is null then 'session_full'
          -- A no-show gave its time away, so it may be taken by now.
          when one.status = 'noshow' then coalesce((
            select case when mine.part in ('patient', 'companion') then 'patient_busy' else 'slot_taken' end
            from claims mine
            where mine.appointment_id = one.id
            and mine.need_id is null
            and (
              is_claimed(
                mine.resource_id,
                claimed_time('booked', one.start_at, one.end_at, mine.before_minutes, mine.after_minutes),
                acting.as_of, one.id
              )
              or mine.location_id is not null and is_on_the_way(
                mine.resource_id, mine.location_id,
                claimed_time('booked', one.start_at, one.end_at, mine.before_minutes, mine.after_minutes),
                acting.as_of, one.id
              )
            )
            order by mine.part = any (array['patient', 'companion'])
            limit 1
          ), case
            when one.session_id is null
            and exists (select from visit_type_needs where visit_type_id = one.visit_type_id) and pick_claims(
              reopened, array(select claim from claims_to_keep(reopened, change) claim), one.override_reason is not null,
              acting.as_of
            ) is null then 'slot_taken'
          end)
        end
      end
    end,
    null, null, null, null, null, null,
    one.hold_expires_at + change.longer,
    null, null, null
  )::decision
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  left join visit_types visit on visit.id = one.visit_type_id
  cross join lateral (select jsonb_populate_record(one, '{"status": "booked"}') as reopened offset 0) again
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- The rules for booking a hold. Its notice and horizon were judged when it was held; whether the doctor is there is judged
-- again. A hold that has expired may still be booked while its slot is open, and one of a place while nobody else
-- has it.
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
      and not is_open_time(one.doctor_id, place.location_id, tstzrange(one.start_at, one.end_at)) then 'outside_hours'
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

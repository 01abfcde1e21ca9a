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
      doctor.location_id, location.name as location, location.address, location.phone, location.time_zone,
      one.override_reason, one.reason_for_visit, one.hold_expires_at,
      to_char(one.hold_expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as hold_expires_local
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = doctor.location_id
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    where one.id = of_appointment
  ) details;
end;
--> statement-breakpoint
-- Several appointments as verbs answer with them.
create or replace function list_appointments(ids bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(appointment_details(one.id) order by one.id), '[]')
  from unnest(ids) one (id);
end;
--> statement-breakpoint
-- Holds or books an appointment, or takes a walk-in. No rule is written here, only the order of the steps; each has a
-- snapshot that shows what the steps before it waited for.
--
-- Answers with four lists: the appointment that began or the verdict against it; what is in the way and the next free
-- time; the open hold that the caller already has of this slot; the holds that this transaction released.
create or replace function begin_appointment(wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_hold constant boolean := wanted.status = 'pending';
  begun beginning := row(null, null, null);
  next_free jsonb := '[]';
  own_hold bigint;
  released bigint[];
  hold bigint;
  answers jsonb;
begin
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  if is_hold then
    perform take_turns_to_hold(wanted);
  end if;
  released := lock_to_begin(wanted, wish, acting);
  foreach hold in array released loop
    perform release_hold(hold, acting);
  end loop;
  if is_hold then
    own_hold := find_own_hold(wanted, wish, acting);
  end if;
  if own_hold is null then
    begun := insert_appointment(wanted, wish, acting);
  end if;
  if own_hold is null and begun.id is null then
    select coalesce(jsonb_agg(to_jsonb(free)), '[]') into next_free from find_next_free(wanted, wish, acting) free;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(to_jsonb(begun) || coalesce(appointment_details(begun.id), '{}')),
    next_free,
    case when own_hold is null then '[]' else jsonb_build_array(appointment_details(own_hold)) end,
    case when released = '{}' then '[]' else list_appointments(released) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Changes an appointment or a hold in any way that `transitions.ts` lists. No rule is written here, only the order of the
-- steps; each has a snapshot that shows what the steps before it waited for. One step judges and changes nothing, another
-- changes and judges nothing.
--
-- Answers with two lists: the appointment, or nothing when there is none or it is none of the actor's business; the holds
-- that this transaction released to make room.
create or replace function change_appointment(wanted appointments, change change, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_booking constant boolean := change.event = 'appointment.booked';
  is_move constant boolean := change.event = 'appointment.rescheduled';
  before appointments;
  decided decision;
  former jsonb;
  details jsonb;
  released bigint[] := '{}';
  hold bigint;
  answer jsonb := '[]';
  answers jsonb;
begin
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  -- These take time that the appointment has not had.
  if is_booking or is_move or 'noshow' = any (change.from_statuses) then
    perform take_turns_to_change(wanted, change);
    released := lock_to_change(wanted, change, acting);
    foreach hold in array released loop
      perform release_hold(hold, acting);
    end loop;
  end if;
  select * into before
  from appointments one
  where one.id = wanted.id
  and (
    change.of_anyone
    or one.patient_id = any (change.of_patients)
    or one.doctor_id = change.of_doctor
    or one.stranger_id = change.of_browser
  )
  for no key update;
  if found then
    decided := case
      when is_booking then judge_hold_booking(wanted, change, acting)
      when is_move then judge_move(wanted, change, acting)
      else judge_change(wanted, change, acting)
    end;
    -- Only a move changes where and when it is.
    if is_move then
      former := appointment_details(wanted.id);
    end if;
    if decided.verdict is null then
      perform apply_decision(before, wanted, change, decided, acting);
    end if;
    details := appointment_details(wanted.id);
    former := coalesce(former, details);
    answer := jsonb_build_array(
      details || jsonb_build_object(
        'verdict', decided.verdict,
        'next_start_at', decided.next_start_at,
        'former', jsonb_build_object(
          'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
          'start_local', former -> 'start_local', 'end_local', former -> 'end_local',
          'hold_expires_at', before.hold_expires_at
        )
      )
    );
  end if;
  answers := jsonb_build_array(answer, case when released = '{}' then '[]' else list_appointments(released) end);
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Locks what a wish needs before it can be judged, in three steps:
-- 1. waits for other bookings of a visit type with a daily cap, so that each counts those before it;
-- 2. waits for time off or a closure that is being entered;
-- 3. locks expired holds that are in the way or would count, and the browser's other hold: it has one at a time. They are
--    found once for all doctors who may be meant, and checked again when they are locked.
--
-- Answers with the ids of these holds, which the caller releases.
create or replace function lock_to_begin(wanted appointments, wish wish, acting acting) returns bigint[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select
  from doctor_visit_types offer
  join visit_types visit on visit.id = offer.visit_type_id
  join doctors doctor on doctor.id = offer.doctor_id
  where visit.daily_cap is not null
  and (wanted.visit_type_id is null or visit.id = wanted.visit_type_id)
  and offer.doctor_id = any (
    case when wanted.doctor_id is not null then array[wanted.doctor_id] else array(
      select doctor_id from doctor_visit_types where visit_type_id = wanted.visit_type_id
    ) end
  )
  and (wish.location_id is null or doctor.location_id = wish.location_id)
  and (wish.specialty is null or doctor.specialty = wish.specialty)
  order by offer.doctor_id, offer.visit_type_id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  with
  asked as materialized (
    -- Two hours on either side leave room for the longest buffers.
    select *, tstzrange(least(start_at, end_at) - interval '2 hours', end_at + interval '2 hours') as around
    from find_candidates(wanted, wish, acting)
  ),
  locked as (
    select hold.id
    from appointments hold
    where (
      hold.status = 'pending' and hold.hold_expires_at <= acting.as_of
      or hold.status = 'pending' and hold.stranger_id = wanted.stranger_id
    )
    and hold.id = any (array(
      -- A hold that no longer counts has to go, or a request whose clock is a little behind might still book or extend
      -- it. Holds of others from the same network address stay: their owners may still book them late.
      select hold.id
      from asked
      join appointments hold on hold.doctor_id = asked.doctor_id
      where hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      and (
        (asked.daily_cap is not null and hold.visit_type_id = asked.visit_type_id)
        or hold.doctor_occupied && asked.around
      )
      union all
      select hold.id
      from appointments hold
      where hold.patient_id = wanted.patient_id
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      and (wanted.status = 'pending' or exists (select from asked where hold.doctor_occupied && asked.around))
      union all
      select hold.id
      from appointments hold
      where hold.status = 'pending'
      and hold.stranger_id = wanted.stranger_id
      and not exists (
        select from asked
        where asked.doctor_id = hold.doctor_id
        and asked.visit_type_id is not distinct from hold.visit_type_id
        and asked.start_at = hold.start_at
        and asked.end_at = hold.end_at
      )
    ))
    order by id
    for update
  )
  select array(select id from locked);
end;
--> statement-breakpoint
-- Locks what a change of time needs before it can be judged, in three steps:
-- 1. waits for other bookings of a visit type with a daily cap, so that each counts those before it;
-- 2. waits for time off or a closure that is being entered;
-- 3. locks the appointment and the expired holds of the doctor and the patient, in the order of their ids. The appointment
--    is among them because it may itself be a hold that another request is releasing.
--
-- Answers with the ids of these holds, which the caller releases.
create or replace function lock_to_change(wanted appointments, change change, acting acting) returns bigint[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select
  from appointments one
  join visit_types visit on visit.id = one.visit_type_id and visit.daily_cap is not null
  join doctor_visit_types offer
    on offer.visit_type_id = visit.id and offer.doctor_id = coalesce(wanted.doctor_id, one.doctor_id)
  where one.id = wanted.id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  with
  locked as (
    select hold.id
    from appointments hold
    where hold.id = any (array(
      select wanted.id
      union all
      -- Booking a hold takes no other time of the doctor than the hold's own.
      select other.id
      from appointments one
      join appointments other on other.doctor_id = coalesce(wanted.doctor_id, one.doctor_id)
      where one.id = wanted.id
      and change.event <> 'appointment.booked'
      and other.status = 'pending'
      and other.hold_expires_at <= acting.as_of
      union all
      select other.id
      from appointments one
      join appointments other
        on other.patient_id = coalesce(wanted.patient_id, one.patient_id, change.default_patient_id)
      where one.id = wanted.id
      and other.status = 'pending'
      and other.hold_expires_at <= acting.as_of
    ))
    and (hold.id = wanted.id or hold.status = 'pending' and hold.hold_expires_at <= acting.as_of)
    order by hold.id
    for update
  )
  select array(select id from locked where id <> wanted.id);
end;
--> statement-breakpoint
comment on function list_replaced_holds(text,timestamp with time zone) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function prepare_to_begin(appointments,wish,acting) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function prepare_to_change(appointments,change,acting) is 'Retired in release 0.1.0';

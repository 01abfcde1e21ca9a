-- Checking all events would lock the table.
-- Afterwards, outside a transaction:
-- afterwards: alter table events validate constraint events_kind_is_known
ALTER TABLE "events" DROP CONSTRAINT "events_kind_is_known";
--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_kind_is_known" CHECK ("events"."kind" in ('appointment.held', 'appointment.extended', 'appointment.released', 'appointment.booked', 'appointment.walked_in', 'appointment.rescheduled', 'appointment.cancelled', 'appointment.arrived', 'appointment.fulfilled', 'appointment.missed', 'appointment.reopened', 'appointment.reassigned', 'appointment.resized', 'appointment.requested', 'appointment.confirmed', 'appointment.declined', 'appointment.lapsed', 'appointment.people_changed', 'appointment.visit_type_changed')) NOT VALID;
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
  is_move constant boolean := change.event = any (array['appointment.rescheduled', 'appointment.visit_type_changed']);
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
  if after.awaits_approval then
    -- Nobody confirms what has begun.
    after.hold_expires_at := least(after.hold_expires_at, after.start_at);
  end if;
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
  if is_move then
    after.override_reason := wanted.override_reason;
    after.visit_type_id := decision.visit_type_id;
  end if;
  after.buffer_before_minutes := coalesce(decision.buffer_before_minutes, before.buffer_before_minutes);
  after.buffer_after_minutes := coalesce(decision.buffer_after_minutes, before.buffer_after_minutes);
  if is_move or before.status = 'noshow' then
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
-- Changes an appointment or a hold in any way that `transitions.ts` lists. No rule is written here, only the order of the
-- steps; each has a snapshot that shows what the steps before it waited for. One step judges and changes nothing, another
-- changes and judges nothing.
--
-- Answers with three lists: the appointment, or nothing when there is none or it is none of the actor's business; the holds
-- that this transaction released to make room; the participants, when it is a session that was cancelled or moved.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_appointment(wanted appointments, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_booking constant boolean := change.event = 'appointment.booked';
  is_move constant boolean := change.event = any (array['appointment.rescheduled', 'appointment.visit_type_changed']);
  is_reassignment constant boolean := change.event = 'appointment.reassigned';
  before appointments;
  decided decision;
  former jsonb;
  details jsonb;
  busy bigint[];
  participants jsonb := '[]';
  released bigint[] := '{}';
  hold bigint;
  answer jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  if is_reassignment then
    perform pg_advisory_xact_lock(hashtext('merges'));
  end if;
  wanted.patient_id := follow_patient(wanted.patient_id);
  change.default_patient_id := follow_patient(change.default_patient_id);
  -- These take time that the appointment, or its patient, has not had.
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
    or change.of_patients is not null and may_act_for(one.patient_id, acting)
    or one.doctor_id = change.of_doctor
    or one.stranger_id = change.of_browser
  )
  for no key update;
  if found then
    if is_booking then
      perform require_patient(
        coalesce(wanted.patient_id, before.patient_id, change.default_patient_id), acting
      );
    end if;
    -- A participant needs a place in the session that they move to, and another one when they did come after all.
    if is_move then
      wanted.status := before.status;
      wanted.place := free_place(wanted.session_id);
    elsif change.event = 'appointment.reopened' and before.status = 'noshow' then
      wanted.place := place_again(before);
    end if;
    decided := case
      when change.event = 'appointment.visit_type_changed' then judge_visit_type(wanted, change, acting)
      when is_booking then judge_hold_booking(wanted, change, acting)
      when is_move and (before.session_id is not null or wanted.session_id is not null)
        then judge_session_move(wanted, change, acting)
      when is_move then judge_move(wanted, change, acting)
      when is_reassignment then judge_reassignment(wanted, change, acting)
      else judge_change(wanted, change, acting)
    end;
    -- Only a move changes where and when it is, or as what.
    if is_move then
      former := appointment_details(wanted.id);
    end if;
    if decided.verdict is null and is_move and before.capacity is not null then
      busy := busy_participants(before.id, tstzrange(decided.start_at, decided.end_at), acting.as_of);
      decided.verdict := case when busy <> '{}' then 'patient_busy' end;
    end if;
    if decided.verdict is null and before.capacity is not null
    and (is_move or change.event = 'appointment.cancelled') then
      participants := change_participants(before, wanted, change, decided, acting);
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
        'missing', case when is_move and before.session_id is null and decided.verdict in (
          'resource_taken', 'patient_busy', 'outside_hours'
        ) then
          find_missing(
            wanted_at(
              jsonb_populate_record(before, jsonb_build_object('visit_type_id', decided.visit_type_id)),
              decided.doctor_id, decided.location_id, decided.start_at, decided.end_at, decided.buffer_before_minutes,
              decided.buffer_after_minutes
            ),
            change, wanted.override_reason is null, acting
          )
        end,
        'offered', case when decided.verdict = 'not_offered' then offered_by(
          coalesce(wanted.doctor_id, before.doctor_id), acting.by_desk, acting.as_of
        ) end,
        'places_taken', case when before.capacity is not null then places_taken(before.id, acting.as_of) end,
        'next_sessions', case when decided.verdict = 'session_full' then next_sessions(
          coalesce(wanted.session_id, before.session_id), acting
        ) end,
        'busy_participants', busy,
        'former_patient_id', before.patient_id,
        'conflict', case when is_reassignment and decided.verdict = 'patient_busy' then appointment_details(
          find_conflict(wanted.id, wanted.patient_id, acting.as_of)
        ) end,
        'former', jsonb_build_object(
          'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
          'start_local', former -> 'start_local', 'end_local', former -> 'end_local',
          'hold_expires_at', before.hold_expires_at, 'elsewhere', former -> 'elsewhere'
        )
      )
    );
  end if;
  answers := jsonb_build_array(
    answer, case when released = '{}' then '[]' else list_appointments(released) end, participants
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Locks what a change of time needs before it can be judged, in seven steps:
-- 1. to book a hold, waits for other bookings of the same account,
-- 2. otherwise for others who choose rooms, devices and colleagues for the same days, and
-- 3. for bookings of a visit type with a daily cap, so that each counts those before it;
-- 4. waits for time off or a closure that is being entered;
-- 5. waits for other bookings of people who are on the way between locations, because no constraint sees that;
-- 6. locks the session, or those that a participant leaves and joins;
-- 7. locks the appointment and the expired holds of everyone who takes part around that time, in the order of their
--    ids. The appointment is among them because it may itself be a hold that another request is releasing.
--
-- Answers with the ids of these holds, which the caller releases.
create or replace function lock_to_change(wanted appointments, change change, acting acting) returns bigint[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select take_turns_by_account(acting)
  where change.event = 'appointment.booked';

  -- Eight hours are the longest that an appointment lasts.
  select take_turns_for_needs(array_agg(work.location_id), array_agg(tstzrange(asked.start_at, asked.start_at + interval '8 hours')))
  from appointments one
  join doctors doctor on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
  join locations location on location.id = doctor.location_id
  join doctor_locations work on work.doctor_id = doctor.id
  cross join lateral (
    select coalesce(instant_at(change.starts, location.time_zone), one.start_at) as start_at
  ) asked
  where one.id = wanted.id
  and change.event <> 'appointment.booked'
  and (change.resource_ids is not null or exists (
    select from visit_type_needs where visit_type_id = any (array[one.visit_type_id, wanted.visit_type_id])
  ));

  select
  from appointments one
  join visit_types visit
    on visit.id = coalesce(wanted.visit_type_id, one.visit_type_id) and visit.daily_cap is not null
  join doctor_visit_types offer
    on offer.visit_type_id = visit.id and offer.doctor_id = coalesce(wanted.doctor_id, one.doctor_id)
  where one.id = wanted.id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  select take_turns_to_travel(array(
    select claim.resource_id
    from claims claim
    where claim.appointment_id = wanted.id
    union all
    select doctor.resource_id
    from doctors doctor
    where doctor.id = wanted.doctor_id
    union all
    select doctor.resource_id
    from appointments one
    join visit_type_needs need on need.visit_type_id = any (array[one.visit_type_id, wanted.visit_type_id])
    join doctors doctor on doctor.role = need.role
    where one.id = wanted.id
  ))
  where exists (select from travel_times);

  select lock_sessions(wanted);

  with
  busy as materialized (
    select
      -- Booking a hold takes no other time of the doctor than the hold's own.
      case when change.event <> 'appointment.booked' then doctor.id end as doctor_id,
      array(
        select coalesce(wanted.patient_id, one.patient_id, change.default_patient_id)
        union all
        select participant.patient_id
        from appointments participant
        where participant.session_id = one.id
        and participant.status not in ('cancelled', 'noshow')
      ) as patient_ids,
      -- Wide enough for the whole local day, in which a daily cap counts.
      asked.start_at - interval '36 hours' as earliest,
      asked.start_at + interval '36 hours' as latest,
      array[one.session_id, wanted.session_id] as session_ids
    from appointments one
    join doctors doctor on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
    join locations location on location.id = doctor.location_id
    cross join lateral (
      select coalesce(
        instant_at(change.starts, location.time_zone),
        (select start_at from appointments where id = wanted.session_id),
        one.start_at
      ) as start_at
    ) asked
    where one.id = wanted.id
  ),
  locked as (
    select hold.id
    from appointments hold
    where hold.id = any (array(
      select wanted.id
      union all
      select other.id
      from busy
      join appointments other on other.doctor_id = busy.doctor_id
      where other.start_at between busy.earliest and busy.latest
      and other.status = 'pending'
      and other.hold_expires_at <= acting.as_of
      union all
      select other.id
      from busy
      join appointments other on other.patient_id = any (busy.patient_ids)
      where other.start_at between busy.earliest and busy.latest
      and other.status = 'pending'
      and other.hold_expires_at <= acting.as_of
      union all
      select other.id
      from busy
      join appointments other on other.session_id = any (busy.session_ids)
      where other.status not in ('cancelled', 'noshow')
      and other.hold_expires_at <= acting.as_of
      union all
      select other.appointment_id
      from busy
      join claims other
        on other.resource_id = any (array(select claim.resource_id from claims claim where claim.appointment_id = wanted.id))
        and other.during && tstzrange(busy.earliest, busy.latest)
      where other.expires_at <= acting.as_of
      union all
      select other.appointment_id
      from busy
      join appointments one on one.id = wanted.id
      join doctor_locations work on work.doctor_id = busy.doctor_id
      cross join unnest(array[one.visit_type_id, wanted.visit_type_id]) visit (type_id)
      cross join candidates_for_needs(visit.type_id, work.location_id) candidate
      join claims other
        on other.resource_id = candidate.resource_id
        and other.during && tstzrange(busy.earliest, busy.latest)
      where other.expires_at <= acting.as_of
    ))
    and (hold.id = wanted.id or hold.status = 'pending' and hold.hold_expires_at <= acting.as_of)
    order by hold.id
    for update
  )
  select array(select id from locked where id <> wanted.id);
end;
--> statement-breakpoint
-- The rules for moving an appointment to another time, possibly to another doctor. With another visit type
-- (`judge_visit_type`) it keeps its doctor and its start, and gets that type's length, buffers and needs.
-- * A patient may move it until the notice before its start (`too_late`), to any open slot; the slot is judged as if the
--   appointment itself were not there. A move may not shorten the notice: the new start must keep the visit type's
--   notice too (`short_notice`, by way of `open_slots`).
-- * The front desk may move it to any time at which nothing else occupies the doctor; beyond the horizon and outside the
--   hours with a reason. With another length it loses its visit type.
-- * Everyone else who takes part comes along, or it stays where it is. What meets a need stays the same if it is free.
-- * A request is moved as if it were booked, until its deadline, and at any notice. It stays a request.
-- Unless a location is named, it goes where the doctor works then; one that keeps its time keeps its place.
create or replace function judge_move(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as (
    select
      one.*, doctor.id as new_doctor_id, doctor.resource_id as new_resource_id,
      doctor.is_active as is_in_use, read.start_at as new_start_at, read.end_at as new_end_at,
      coalesce(wanted.visit_type_id, one.visit_type_id) as asked_type_id, kept.visit_type_id as new_visit_type_id,
      -- Without a visit type there are no buffers, unless it never had one.
      case when visit.id is null then one.buffer_before_minutes else coalesce(kept.buffer_before_minutes, 0::smallint)
        end as new_buffer_before,
      case when visit.id is null then one.buffer_after_minutes else coalesce(kept.buffer_after_minutes, 0::smallint)
        end as new_buffer_after,
      visit.lasting, location.time_zone,
      coalesce((
        select former.cancellation_notice_minutes * interval '1 minute'
        from visit_types former
        where former.id = one.visit_type_id
      ), interval '0') as notice
    from appointments one
    cross join lateral (select one.end_at - one.start_at as length) usual
    left join doctors doctor
      on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
      and (wanted.location_id is null or exists (
        select from doctor_locations work
        where work.doctor_id = doctor.id
        and work.location_id = wanted.location_id
      ))
    -- All locations of a doctor have the same clock.
    left join locations location on location.id = doctor.location_id
    left join lateral (
      select
        kind.id, kind.buffer_before_minutes, kind.buffer_after_minutes, kind.minutes * interval '1 minute' as lasting
      from visit_types kind
      where kind.id = coalesce(wanted.visit_type_id, one.visit_type_id)
    ) visit on true
    cross join lateral (select coalesce(instant_at(change.starts, location.time_zone), one.start_at) as start_at) asked
    cross join lateral (
      select
        asked.start_at,
        coalesce(
          instant_at(change.ends, location.time_zone),
          asked.start_at + case
            when acting.by_desk and wanted.visit_type_id is null then usual.length
            else coalesce(visit.lasting, usual.length)
          end
        ) as end_at
    ) read
    -- Another length is no visit type's.
    left join lateral (
      select
        coalesce(wanted.visit_type_id, one.visit_type_id) as visit_type_id, visit.buffer_before_minutes,
        visit.buffer_after_minutes
      where read.end_at - read.start_at in (usual.length, visit.lasting)
    ) kept on true
    where one.id = wanted.id
  ),
  placed as (
    select asked.*, (new_doctor_id, new_start_at, new_end_at) = (doctor_id, start_at, end_at) as keeps_time, case
      when wanted.location_id is not null then wanted.location_id
      when (new_doctor_id, new_start_at) = (doctor_id, start_at) and location_id is not null
      and (new_end_at = end_at or wanted.visit_type_id is not null) then location_id
      else location_at(new_doctor_id, tstzrange(new_start_at, greatest(new_start_at, new_end_at)), location_id)
    end as new_location_id
    from asked
  ),
  judged as (
    select placed.*, moved.appointment as moved_row, others.claims as others, coalesce(case
      when not (status = 'booked' or awaits_approval and hold_expires_at > acting.as_of) then 'wrong_status'
      when new_doctor_id is null then 'no_doctor'
      when exists (
        select from unnest(change.resource_ids) named (id)
        where not exists (
          select from resources thing
          where thing.id = named.id
          and thing.location_id = new_location_id
          and thing.is_active
        )
      ) then 'no_resource'
      when exists (select from unnest(others.claims) other where other.resource_id = new_resource_id) then 'colleague_twice'
      when keeps_time
      and visit_type_id is not distinct from asked_type_id
      and change.resource_ids is null
      and new_location_id = coalesce(location_id, new_location_id) then 'already'
      when change.version <> event_count then 'stale'
      when not acting.by_desk and not awaits_approval and start_at - notice <= acting.as_of then 'too_late'
      when new_end_at <= new_start_at then 'not_after_start'
      when new_end_at - new_start_at < interval '5 minutes' then 'too_short'
      when new_end_at - new_start_at > interval '8 hours' then 'too_long'
      when new_start_at < acting.as_of then 'in_the_past'
      when acting.by_desk
      and not (is_in_use and exists (select from locations where id = new_location_id and is_active)) then 'not_offered'
      when acting.by_desk
      and (new_doctor_id <> doctor_id or asked_type_id <> visit_type_id or visit_type_id is null)
      and new_visit_type_id is not null
      and not exists (select from visit_terms(new_doctor_id, new_location_id, new_visit_type_id, true, acting.as_of))
        then 'not_offered'
      when acting.by_desk
      and wanted.override_reason is null
      and new_start_at >= horizon_of(new_doctor_id, new_visit_type_id, acting.as_of) then 'beyond_horizon'
      when acting.by_desk
      and wanted.override_reason is null
      and not is_open_time(new_doctor_id, new_location_id, tstzrange(new_start_at, new_end_at)) then 'outside_hours'
      when acting.by_desk and (
        is_claimed(
          new_resource_id,
          claimed_time('booked', new_start_at, new_end_at, new_buffer_before, new_buffer_after), acting.as_of, placed.id
        )
        or is_on_the_way(
          new_resource_id, new_location_id,
          claimed_time('booked', new_start_at, new_end_at, new_buffer_before, new_buffer_after), acting.as_of, placed.id
        )
      ) then 'slot_taken'
      when not acting.by_desk
      and not exists (select from visit_terms(new_doctor_id, null, asked_type_id, false, acting.as_of)) then 'not_offered'
      when not acting.by_desk and new_end_at - new_start_at <> lasting then 'not_the_length'
      when not acting.by_desk
      and not is_open_slot(new_doctor_id, new_location_id, asked_type_id, new_start_at, false, acting.as_of, id)
        then coalesce(
          judge_slot(new_doctor_id, new_location_id, asked_type_id, new_start_at, false, acting.as_of, id), 'slot_taken'
        )
      when is_claimed(
        resource_of_patient(placed.patient_id), tstzrange(new_start_at, new_end_at), acting.as_of, placed.id
      ) then 'patient_busy'
    end, judge_attendance(
      others.claims, wanted.override_reason is null, acting.as_of, placed.id
    ) ->> 'verdict', case
      when exists (select from visit_type_needs where visit_type_id = placed.new_visit_type_id)
      and pick_claims(moved.appointment, others.claims, wanted.override_reason is not null, acting.as_of) is null
        then case when acting.by_desk then 'resource_taken' else 'slot_taken' end
    end) as verdict
    from placed
    cross join lateral (
      select wanted_at(
        jsonb_populate_record(one, jsonb_build_object('visit_type_id', new_visit_type_id)),
        new_doctor_id, new_location_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after
      ) as appointment
      from appointments one
      where one.id = placed.id
    ) moved
    cross join lateral (
      select array(
        select claim from claims_to_keep(moved.appointment, change) claim
      ) as claims
    ) others
  )
  select row(
    verdict, new_doctor_id, patient_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after, null,
    case
      when verdict not in (
        'slot_taken', 'patient_busy', 'resource_taken', 'outside_hours', 'off_grid', 'short_notice'
      ) then null
      when acting.by_desk then next_gap_around(
        wanted_at(
          moved_row, new_doctor_id, wanted.location_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after
        ),
        blocked.during, rest_of_day, acting.as_of
      )
      else next_slot_around(
        new_doctor_id, wanted.location_id, asked_type_id, blocked.during, rest_of_day, acting.as_of, id
      )
    end,
    new_visit_type_id, new_location_id
  )::decision
  from judged
  cross join lateral (
    select tstzrange(
      greatest(new_start_at, acting.as_of),
      greatest(new_start_at, acting.as_of, upper(local_day(new_start_at, time_zone)))
    ) as rest_of_day
  ) late
  cross join lateral (
    select blocked_time(
      array(select claim from claims_of(moved_row) claim where claim.part = 'patient') || others,
      rest_of_day, acting.as_of, id
    ) as during
  ) blocked;
end;
--> statement-breakpoint
-- The rules for giving an appointment another visit type: those of a move that keeps the start, and these.
-- * The doctor offers it; a patient gets only what can be booked online.
-- * Nothing becomes a session or a place in one by this, and these keep their type.
-- * Once it is booked, a patient cannot give it a type that needs approval: declined, it would be lost.
create or replace function judge_visit_type(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when own.verdict is null then judge_move(wanted, change, acting)
    else row(own.verdict, null, null, null, null, null, null, null, null, null, null)::decision
  end
  from appointments one
  cross join lateral (
    select case
      when one.status <> 'booked' and not one.awaits_approval then null
      when coalesce(one.capacity, one.session_id) is not null then 'session_needed'
      when one.visit_type_id = wanted.visit_type_id then null
      when visit_type_is_group(wanted.visit_type_id) then 'session_needed'
      when not exists (select from visit_terms(one.doctor_id, null, wanted.visit_type_id, acting.by_desk, acting.as_of))
        then 'not_offered'
      when one.status = 'booked' and not acting.by_desk
      and exists (select from visit_types where id = wanted.visit_type_id and requires_approval) then 'approval_needed'
      when judge_patient(one.patient_id, wanted.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
    end as verdict
    offset 0
  ) own
  where one.id = wanted.id;
end;

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
  and (acting.location_ids is null or is_in_reach(location_of(one), acting))
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
      busy := busy_participants(
        before.id, decided.doctor_id, decided.location_id, tstzrange(decided.start_at, decided.end_at), acting.as_of
      );
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
        'conflict', case when is_reassignment and decided.verdict = 'patient_busy' then (
          select appointment_details(one.id)
          from appointments one
          where one.id = find_conflict(wanted.id, wanted.patient_id, acting.as_of)
          and is_in_reach(location_of(one), acting)
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
-- The expired holds that have to go before a change of time is judged: those of everyone and everything that takes part,
-- around that time. Nothing is locked here, so callers check again.
--
-- With `offset 0` a room is asked for that time only, and not for all that it was ever claimed for.
create or replace function holds_to_change(wanted appointments, change change, acting acting) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  busy as materialized (
    select
      -- Booking a hold takes no other time of the doctor than the hold's own.
      case when change.event <> 'appointment.booked' then doctor.id end as doctor_id,
      coalesce(wanted.patient_id, one.patient_id, change.default_patient_id) as patient_id,
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
  )
  select array(
    select other.id
    from busy
    join appointments other on other.doctor_id = busy.doctor_id
    where other.start_at between busy.earliest and busy.latest
    and other.status = 'pending'
    and other.hold_expires_at <= acting.as_of
    union all
    select other.id
    from busy
    join appointments other on other.patient_id = busy.patient_id
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
      on other.resource_id = any (array(
        select claim.resource_id
        from claims claim
        where claim.appointment_id = any (array(select id from with_participants(array[wanted.id])))
      ))
      and other.during && tstzrange(busy.earliest, busy.latest)
    where other.expires_at <= acting.as_of
    union all
    select other.appointment_id
    from busy
    join appointments one on one.id = wanted.id
    join doctor_locations work on work.doctor_id = busy.doctor_id
    cross join unnest(array[one.visit_type_id, wanted.visit_type_id]) visit (type_id)
    cross join candidates_for_needs(visit.type_id, work.location_id) candidate
    cross join lateral (
      select claim.appointment_id, claim.expires_at
      from claims claim
      where claim.resource_id = candidate.resource_id
      and claim.during && tstzrange(busy.earliest, busy.latest)
      offset 0
    ) other
    where other.expires_at <= acting.as_of
  );
end;
--> statement-breakpoint
-- Makes changes that take time of the same doctors or patients wait for one another, always in the same order: two
-- appointments that swap times would otherwise deadlock.
create or replace function take_turns_to_change(wanted appointments, change change) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended('resource ' || resource_id, 0) as key
    from (
      select claim.resource_id
      from claims claim
      -- With a session go all who take part in it, and whoever comes with them.
      where claim.appointment_id = any (array(select id from with_participants(array[wanted.id])))
      union all
      select doctor.resource_id from doctors doctor where doctor.id = wanted.doctor_id
      union all
      select resource_of_patient(coalesce(wanted.patient_id, change.default_patient_id))
    ) busy
    where resource_id is not null
    order by key
    offset 0
  ) in_order;
end;
--> statement-breakpoint
-- The rules for moving a participant: only to another session of the same visit type that has a free place, and only if all who
-- come with them are free. They keep the old place until the new one is theirs. A request can be moved at any notice, and stays
-- a request. What has no session cannot be moved into one: book a place instead.
create or replace function judge_session_move(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when not (one.status = 'booked' or one.awaits_approval and one.hold_expires_at > acting.as_of) then 'wrong_status'
      when wanted.session_id is null then 'session_needed'
      when session.id is null then 'no_session'
      when one.session_id = session.id then 'already'
      when change.version <> one.event_count then 'stale'
      when one.session_id is null or one.visit_type_id <> session.visit_type_id then 'not_offered'
      when not acting.by_desk
      and not one.awaits_approval
      and one.start_at - visit.cancellation_notice_minutes * interval '1 minute' <= acting.as_of then 'too_late'
      else coalesce(
        judge_joining(session, acting),
        case
          when not acting.by_desk
          and session.start_at - visit.cancellation_notice_minutes * interval '1 minute' <= acting.as_of then 'short_notice'
          when wanted.place is null then 'session_full'
          when is_claimed(
            resource_of_patient(one.patient_id), tstzrange(session.start_at, session.end_at), acting.as_of, one.id
          ) then 'patient_busy'
        end,
        judge_attendance(
          array(select claim from other_claims_of(wanted_at(
            one, session.doctor_id, session.location_id, session.start_at, session.end_at, one.buffer_before_minutes,
            one.buffer_after_minutes
          )) claim),
          true, acting.as_of, one.id
        ) ->> 'verdict'
      )
    end,
    session.doctor_id, null, session.start_at, session.end_at, null, null, null, null, session.visit_type_id, session.location_id
  )::decision
  from appointments one
  left join visit_types visit on visit.id = one.visit_type_id
  left join appointments session on session.id = wanted.session_id and session.capacity is not null
  where one.id = wanted.id;
end;
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
    where claim.appointment_id = any (array(select id from with_participants(array[wanted.id])))
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

  with locked as (
    select hold.id
    from appointments hold
    where hold.id = any (array(
      select wanted.id
      union all
      select unnest(holds_to_change(wanted, change, acting))
    ))
    and (hold.id = wanted.id or hold.status = 'pending' and hold.hold_expires_at <= acting.as_of)
    order by hold.id
    for update
  )
  select array(select id from locked where id <> wanted.id);
end;
--> statement-breakpoint
-- The participants of a session who cannot come along to this doctor and time, by the ids of their appointments in it. They or
-- someone who comes with them have something else then, or the doctor is there already, as their colleague.
create or replace function busy_participants(
  of_session bigint, to_doctor bigint, to_location bigint, asked tstzrange, as_of timestamptz
) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
return array(
  select participant.id
  from appointments participant
  cross join lateral (
    select
      is_claimed(resource_of_patient(participant.patient_id), asked, as_of, participant.id) as is_busy,
      array(select claim from other_claims_of(wanted_at(
        participant, to_doctor, to_location, lower(asked), upper(asked), participant.buffer_before_minutes,
        participant.buffer_after_minutes
      )) claim) as others
  ) moved
  where participant.session_id = of_session
  and participant.status not in ('cancelled', 'noshow')
  and (participant.hold_expires_at is null or participant.hold_expires_at > as_of)
  and (
    moved.is_busy
    or judge_attendance(moved.others, false, as_of, participant.id) is not null
    or exists (select from unnest(moved.others) other where other.doctor_id = to_doctor)
  )
  order by participant.id
);
--> statement-breakpoint
-- The rules for taking back the last change of an appointment, so that it becomes `was` again:
-- * on the local day of the change; where it changed when or whether the patient comes, also until the appointment starts,
-- * a booking or a walk-in only when the clinic's own people made it: patients' are cancelled with a reason,
-- * a request only until its deadline,
-- * what it gave away must still be free.
create or replace function judge_undo(
  one appointments, was appointments, last events, change change, acting acting
) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select case
    when one.event_count = change.version + 1 and exists (
      select from events
      where appointment_id = one.id
      and number = one.event_count
      and before ? 'undoes'
    ) then 'already'
    when change.version <> one.event_count then 'stale'
    when one.capacity is not null
    or last.id is null
    or last.kind <> all (array[
      'appointment.booked', 'appointment.walked_in', 'appointment.rescheduled', 'appointment.visit_type_changed',
      'appointment.reassigned', 'appointment.confirmed', 'appointment.declined', 'appointment.cancelled',
      'appointment.arrived', 'appointment.started', 'appointment.fulfilled', 'appointment.missed'
    ])
    or last.after ->> 'status' <> one.status
    or last.kind = any (array['appointment.booked', 'appointment.walked_in'])
      and last.actor_kind <> all (array['front_desk', 'doctor', 'admin'])
    -- A participant moves with the session, never alone.
    or (was.status = any (array['booked', 'pending']) or last.kind = 'appointment.rescheduled') and exists (
      select from appointments session
      where session.id = was.session_id
      and (session.start_at, session.end_at) <> (was.start_at, was.end_at)
    ) then 'nothing_to_undo'
    when not local_day(last.at, location.time_zone) @> acting.as_of and not (
      last.kind = any (array[
        'appointment.cancelled', 'appointment.declined', 'appointment.confirmed', 'appointment.rescheduled',
        'appointment.visit_type_changed'
      ])
      and acting.as_of < was.start_at
    ) then 'not_today'
    when was.hold_expires_at <= acting.as_of then 'hold_expired'
    -- Once the session is cancelled, nobody can be expected at it again.
    when last.kind = 'appointment.arrived' and exists (
      select from appointments session
      where session.id = one.session_id
      and session.status <> 'booked'
    ) then 'wrong_status'
    when last.kind = 'appointment.reassigned' then
      (judge_reassignment(was, jsonb_populate_record(change, '{"version": null}'), acting)).verdict
    when was.status = any (array['cancelled', 'noshow'])
    or one.status <> all (array['cancelled', 'noshow'])
      and last.kind <> all (array['appointment.rescheduled', 'appointment.visit_type_changed']) then null
    when patient.erased_at is not null then 'patient_erased'
    when one.status = any (array['cancelled', 'noshow'])
    and (patient.is_deceased or not patient.is_active) and was.end_at > acting.as_of then 'patient_inactive'
    when was.session_id is not null and was.place is null then 'session_full'
    else coalesce(
      (
        select case
          when mine.part in ('patient', 'companion') then 'patient_busy'
          when mine.part = 'doctor' then 'slot_taken'
          else 'resource_taken'
        end
        from (
          -- Since then, the former doctor may have become a colleague.
          select claim.*, count(*) over (partition by claim.resource_id) > 1 as is_twice
          from (
            select * from claims_of(was)
            union all
            select * from claims_to_keep(was, change)
          ) claim
        ) mine
        where mine.is_twice
        or is_claimed(mine.resource_id, mine.during, acting.as_of, one.id)
        or mine.location_id is not null
        and is_on_the_way(mine.resource_id, mine.location_id, mine.during, acting.as_of, one.id)
        order by mine.part = any (array['patient', 'companion']), mine.part = 'doctor' desc
        limit 1
      ),
      case
        when was.session_id is null
        and exists (select from visit_type_needs where visit_type_id = was.visit_type_id)
        and pick_claims(
          was, array(select claim from claims_to_keep(was, change) claim), was.override_reason is not null, acting.as_of
        ) is null then 'resource_taken'
      end
    )
  end
  from doctors doctor
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  left join patients patient on patient.id = was.patient_id
  where doctor.id = one.doctor_id;
end;
--> statement-breakpoint
comment on function busy_participants(bigint,tstzrange,timestamp with time zone) is 'Retired in release 0.1.0';

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
      one.override_reason, one.reason_for_visit, one.hold_expires_at, one.capacity, one.session_id,
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
  is_move constant boolean := change.event = 'appointment.rescheduled';
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
      wanted.place := free_place(wanted.session_id);
    elsif change.event = 'appointment.reopened' and before.status = 'noshow' then
      wanted.place := place_again(before);
    end if;
    decided := case
      when is_booking then judge_hold_booking(wanted, change, acting)
      when is_move and (before.session_id is not null or wanted.session_id is not null)
        then judge_session_move(wanted, change, acting)
      when is_move then judge_move(wanted, change, acting)
      when is_reassignment then judge_reassignment(wanted, change, acting)
      else judge_change(wanted, change, acting)
    end;
    -- Only a move changes where and when it is.
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
-- What an event records about an appointment's row, with where it takes place. Events from before that was stored lack the
-- place, and hash as they did.
create or replace function facts_of(one appointments) returns jsonb
language sql
stable
return appointment_facts(
  one.status, one.doctor_id, one.patient_id, one.visit_type_id, one.start_at, one.end_at, one.hold_expires_at
) || session_facts(one) || case when one.location_id is not null then jsonb_build_object('location_id', one.location_id) else '{}' end;
--> statement-breakpoint
-- Whether this time at a location is too near to what someone does elsewhere, because they are on the way then. The
-- exclusion constraint does not see that. `except_for` is the appointment that is being moved.
create or replace function is_on_the_way(
  of_resource bigint, at_location bigint, asked tstzrange, as_of timestamptz, except_for bigint
) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select exists (
    select
    from travel_from(at_location) travel
    join claims claim
      on claim.resource_id = of_resource
      and claim.during && tstzrange(lower(asked) - travel.longest, upper(asked) + travel.longest)
    join travel_times way
      on way.one_location_id = least(claim.location_id, at_location)
      and way.other_location_id = greatest(claim.location_id, at_location)
      and claim.during && tstzrange(
        lower(asked) - way.minutes * interval '1 minute', upper(asked) + way.minutes * interval '1 minute'
      )
    where travel.longest > interval '0'
    and asked is not null -- or what no longer takes any time would be too near to everything
    and (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
  );
end;
--> statement-breakpoint
-- Makes the next event of an appointment, linked to the one before it. `before` is the row as it was, or null when the
-- appointment begins; `after` is the row as it will be, without the count and the hash that come from this event.
create or replace function next_event(
  before appointments, after appointments, kind text, reason text, acting acting
) returns events
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  event events;
begin
  event.appointment_id := after.id;
  event.number := coalesce(before.event_count, 0) + 1;
  event.kind := kind;
  event.at := acting.as_of;
  event.actor_kind := acting.actor_kind;
  event.account_id := acting.account_id;
  event.api_key_id := acting.api_key_id;
  event.request_id := acting.request_id;
  event.reason := reason;
  if reason is not null then
    event.reason_salt := uuid_send(gen_random_uuid());
    event.reason_hash := commitment(reason, event.reason_salt);
  end if;
  if before.id is not null then
    event.before := facts_of(before);
  end if;
  event.after := facts_of(after);
  event.previous_hash := before.last_event_hash;
  event.hash := event_hash(event);
  return event;
end
$$;
--> statement-breakpoint
-- Makes two rows of doctors the same person, so that neither can be booked while the other is: they share one resource. With
-- `other` null, parts the row from the rest. What is ahead moves to the new resource; what is over stays where it was, so
-- that times which were given twice in the past stand in nobody's way.
--
-- Answers with the appointments that would be at the same time, or too near to each other for the way between them; then
-- nothing has changed. Null when there is no such doctor. The caller has locked out bookings.
--
-- Runs with the owner's rights: the Worker's database role may not write claims.
create or replace function share_resource(of_doctor bigint, other bigint, acting acting) returns bigint[]
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  own constant bigint := (select resource_id from doctors where id = of_doctor);
  wanted bigint := (select resource_id from doctors where id = other);
  is_alone constant boolean := not exists (select from doctors where resource_id = own and id <> of_doctor);
  hold bigint;
  in_the_way bigint[];
begin
  perform require_authority(acting);
  if own is null or other is not null and wanted is null then
    return null;
  end if;
  if own = wanted or other is null and is_alone then
    return '{}';
  end if;
  if other is null then
    wanted := nextval('resource_ids');
    update claims
    set resource_id = wanted
    where resource_id = own
    and doctor_id = of_doctor
    and (during is null or upper(during) > acting.as_of);
    update doctors set resource_id = wanted where id = of_doctor;
    return '{}';
  end if;
  for hold in
    select id
    from appointments
    where id = any (array(
      select appointment_id
      from claims
      where resource_id = any (array[own, wanted])
      and during is not null
      and expires_at <= acting.as_of
    ))
    and status = 'pending'
    and hold_expires_at <= acting.as_of
    order by id
    for update
  loop
    perform release_hold(hold, acting);
  end loop;
  in_the_way := array(
    select distinct id
    from claims mine
    left join lateral travel_from(mine.location_id) travel on mine.location_id is not null
    join claims theirs
      on theirs.resource_id = wanted
      and theirs.during && tstzrange(
        lower(mine.during) - coalesce(travel.longest, interval '0'), upper(mine.during) + coalesce(travel.longest, interval '0')
      )
    left join travel_times way
      on way.one_location_id = least(mine.location_id, theirs.location_id)
      and way.other_location_id = greatest(mine.location_id, theirs.location_id)
      and mine.location_id <> theirs.location_id
    cross join lateral (values (mine.appointment_id), (theirs.appointment_id)) pair (id)
    where mine.resource_id = own
    and upper(mine.during) > acting.as_of
    and upper(theirs.during) > acting.as_of
    and (theirs.during && mine.during or theirs.during && tstzrange(
      lower(mine.during) - way.minutes * interval '1 minute', upper(mine.during) + way.minutes * interval '1 minute'
    ))
    order by id
  );
  if in_the_way = '{}' then
    update claims
    set resource_id = wanted
    where resource_id = own
    and (during is null or upper(during) > acting.as_of)
    and not exists (
      select from claims already
      where already.appointment_id = claims.appointment_id
      and already.resource_id = wanted
    );
    update doctors set resource_id = wanted where resource_id = own;
  end if;
  return in_the_way;
end
$$;

-- What an event changed, as the patient is told it: the rooms by name, and not the devices. Nor which place in a session
-- someone has: places are given out from 1 on, so it would say how many others take part.
create or replace function facts_to_tell(before jsonb, after jsonb) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select changed - array['place', 'room_ids', 'device_ids'] || case when changed ? 'room_ids' then jsonb_build_object(
    'rooms', (
      select jsonb_agg(room.name order by room.sort_order, room.id)
      from resources room
      where room.id in (select taken.id::bigint from jsonb_array_elements_text(changed -> 'room_ids') taken (id))
    )
  ) else '{}' end
  from changed_facts(before, after) changed;
end;
--> statement-breakpoint
-- What an event says about everyone and everything that an appointment takes besides its doctor and its patient, by what they
-- are, such as `room_ids`; nothing when there is none, so that its hash is that of one from before. Events from before needs
-- were recorded name fewer.
create or replace function people_in_facts(of_appointment bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_object_agg(part || '_ids', ids), '{}')
  from (
    select part, jsonb_agg(coalesce(doctor_id, abs(resource_id)) order by coalesce(doctor_id, abs(resource_id))) as ids
    from claims
    where appointment_id = of_appointment
    and part not in ('doctor', 'patient')
    group by part
  ) taken;
end;
--> statement-breakpoint
-- An event of an appointment whose claims have changed already, with who and what it had before.
create or replace function with_former_people(event events, former jsonb) returns events
language plpgsql
stable
set plan_cache_mode to force_generic_plan
as $$
begin
  event.before := event.before - array['colleague_ids', 'companion_ids', 'room_ids', 'device_ids'] || former;
  event.hash := event_hash(event);
  return event;
end
$$;
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
  claims_again constant boolean := is_move or before.status = 'noshow';
  former constant jsonb := case when claims_again then people_in_facts(before.id) end;
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
  if claims_again then
    perform claim_again(after, change, acting);
  end if;
  event := next_event(before, after, change.event, change.reason, acting);
  if claims_again then
    event := with_former_people(event, former);
  end if;
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
-- Before an appointment becomes this row: takes everything it needs there, the same as before where that is free. Without
-- needs, rooms and devices, and for participants of a session, there is nothing to choose, and the trigger on its row does the
-- rest. Raises an error (23P01) when something was taken since it was judged.
create or replace function claim_again(after appointments, change change, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  others claims[];
begin
  if after.session_id is not null or change.resource_ids is null
  and not exists (select from visit_type_needs where visit_type_id = after.visit_type_id)
  and not exists (
    select from claims
    where appointment_id = after.id
    and (need_id is not null or part in ('room', 'device'))
  ) then
    return;
  end if;
  others := pick_claims(
    after, array(select claim from claims_to_keep(after, change) claim), after.override_reason is not null, acting.as_of
  );
  if others is null then
    raise exclusion_violation using message = 'A need can no longer be met.';
  end if;
  perform renew_claims(after.id, array(select claim from claims_of(after) claim) || others);
end
$$;
--> statement-breakpoint
-- Every appointment on these records, from first to last, with its events. An event says which facts changed to what. About
-- an appointment that they only come along to, it says nothing that was written about the patient.
create or replace function export_appointments(records bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  described as (
    select
      one.id, one.patient_id, one.status, one.event_count as version,
      in_utc(one.start_at) as start_at, to_char(one.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      in_utc(one.end_at) as end_at, to_char(one.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      location.time_zone, location.name as location, doctor.name as doctor, visit.name as visit_type,
      case when own.is_patient then one.reason_for_visit end as reason_for_visit,
      case when own.is_patient then one.override_reason end as override_reason, in_utc(one.hold_expires_at) as hold_expires_at
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join visit_types visit on visit.id = one.visit_type_id
    cross join lateral (select one.patient_id = any (records) as is_patient) own
    where one.patient_id = any (records)
    or one.id = any (appointments_beside(records))
  ),
  told as (
    select
      event.appointment_id,
      jsonb_agg(
        jsonb_build_object(
          'number', event.number, 'kind', event.kind, 'at', in_utc(event.at), 'actor', event.actor_kind,
          'reason', case when described.patient_id = any (records) then event.reason end, 'changes', facts_to_tell(event.before, event.after)
        )
        order by event.number
      ) as events
    from described
    join events event on event.appointment_id = described.id
    group by event.appointment_id
  )
  select coalesce(
    jsonb_agg(
      to_jsonb(described) || jsonb_build_object('events', coalesce(told.events, '[]'))
      order by described.start_at, described.id
    ),
    '[]'
  )
  from described
  left join told on told.appointment_id = described.id;
end;
--> statement-breakpoint
-- Records that others take part in an appointment than those of the `former` facts. The caller has locked the appointment and
-- changed its claims.
create or replace function record_people(before appointments, former jsonb, reason text, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  event events;
begin
  event := with_former_people(next_event(before, before, 'appointment.people_changed', reason, acting), former);
  update appointments
  set event_count = event.number, last_event_hash = event.hash
  where id = before.id;
  perform append_event(event);
end
$$;

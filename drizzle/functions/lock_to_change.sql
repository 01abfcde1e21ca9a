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

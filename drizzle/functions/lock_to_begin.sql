-- Locks what a wish needs before it can be judged, in seven steps:
-- 1. waits for other bookings of the same account,
-- 2. for others who choose rooms, devices and colleagues for the same days, and
-- 3. for bookings of a visit type with a daily cap, so that each counts those before it;
-- 4. waits for time off or a closure that is being entered;
-- 5. waits for other bookings of people who are on the way between locations, because no constraint sees that;
-- 6. locks the session that is to be joined, so that each gets another place, and nobody one in a session that is being
--    cancelled or moved;
-- 7. locks expired holds that are in the way or would count, and the browser's other hold: it has one at a time. They are
--    found once for all doctors who may be meant, and checked again when they are locked.
--
-- Answers with the ids of these holds, which the caller releases.
create or replace function lock_to_begin(wanted appointments, wish wish, acting acting) returns bigint[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select take_turns_by_account(acting);

  select take_turns_for_needs(array_agg(asked.location_id), array_agg(tstzrange(asked.start_at, asked.end_at)))
  from read_wish(wanted, wish, acting) asked
  where asked.start_at < asked.end_at
  and (wish.resource_ids is not null or exists (
    select from visit_type_needs where visit_type_id = asked.visit_type_id
  ));

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
  and (wish.location_id is null or exists (
    select from doctor_locations work
    where work.doctor_id = doctor.id
    and work.location_id = wish.location_id
  ))
  and (wish.specialty is null or doctor.specialty = wish.specialty)
  order by offer.doctor_id, offer.visit_type_id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  select take_turns_to_travel(array(
    select doctor.resource_id
    from doctors doctor
    where doctor.id = any (wish.colleague_ids || wanted.doctor_id)
    union all
    select doctor.resource_id
    from doctor_visit_types offer
    join doctors doctor on doctor.id = offer.doctor_id
    where wanted.doctor_id is null
    and offer.visit_type_id = wanted.visit_type_id
    union all
    select doctor.resource_id
    from visit_type_needs need
    join doctors doctor on doctor.role = need.role
    where need.visit_type_id = wanted.visit_type_id
  ))
  where exists (select from travel_times);

  select lock_sessions(wanted);

  with
  asked as materialized (
    -- Two hours on either side leave room for the longest buffers.
    select asked.*, tstzrange(
      least(start_at, end_at) - interval '2 hours' - travel.longest, end_at + interval '2 hours' + travel.longest
    ) as around
    from read_wish(wanted, wish, acting) asked
    cross join travel_from(asked.location_id) travel
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
      select hold.appointment_id
      from asked
      join claims hold on hold.resource_id = asked.resource_id and hold.during && asked.around
      where hold.expires_at <= acting.as_of
      union all
      select hold.appointment_id
      from asked
      join claims hold on hold.during && asked.around
      where hold.resource_id = any (array(
        select resource_id from doctors where id = any (wish.colleague_ids)
        union all
        select resource_of_patient(companion.id) from unnest(wish.companion_ids) companion (id)
        union all
        select unnest(wish.resource_ids)
        union all
        select one.resource_id from candidates_for_needs(asked.visit_type_id, asked.location_id) one
      ))
      and hold.expires_at <= acting.as_of
      union all
      select hold.id
      from asked
      join appointments hold on hold.doctor_id = asked.doctor_id
      where asked.daily_cap is not null
      and hold.visit_type_id = asked.visit_type_id
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      union all
      select hold.id
      from appointments hold
      where hold.patient_id = wanted.patient_id
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      and (wanted.status = 'pending' or exists (
        select from asked where tstzrange(hold.start_at, hold.end_at) && asked.around
      ))
      union all
      select hold.id
      from appointments hold
      where hold.patient_id = any (
        array(select patient_id from account_patients where account_id = acting.account_id)
      )
      and wanted.status = 'pending'
      and not acting.by_desk
      and hold.start_at > acting.as_of - interval '8 hours'
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      union all
      select hold.id
      from appointments hold
      where hold.session_id = wanted.session_id
      and hold.status not in ('cancelled', 'noshow')
      and hold.hold_expires_at <= acting.as_of
      union all
      select hold.id
      from appointments hold
      where hold.status = 'pending'
      and hold.stranger_id = wanted.stranger_id
      and (wanted.session_id is null or hold.session_id is distinct from wanted.session_id)
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

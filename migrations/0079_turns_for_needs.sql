-- Makes those who choose rooms, devices and colleagues at the same location for the same days wait for one another. Each then
-- sees what the others chose, so all of 30 requests for 30 rooms get one. Days are taken in their order: whoever books several
-- dates calls this for all of them first.
create or replace function take_turns_for_needs(at_locations bigint[], during tstzrange[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(hashtextextended(format('needs %s %s', location_id, day), 0))
  from (
    select distinct day, location_id
    from unnest(at_locations) location_id
    cross join unnest(during) asked
    -- Two hours on either side are the longest that a need may take.
    cross join generate_series(
      floor(extract(epoch from lower(asked) - interval '2 hours') / 86400),
      floor(extract(epoch from upper(asked) + interval '2 hours') / 86400)
    ) day
    order by day, location_id
    offset 0
  ) in_order;
end;
--> statement-breakpoint
-- Makes everything that books or changes a whole series wait for one another, and for changes that take time of the same
-- doctors and patients (`take_turns_to_change`). A series takes claims at many times: one that goes forward and one that
-- goes back would otherwise wait for each other.
create or replace function take_turns_in_series(doctor_ids bigint[], patient_ids bigint[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(hashtext('series'));

  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended('resource ' || resource_id, 0) as key
    from (
      select doctor.resource_id from doctors doctor where doctor.id = any (doctor_ids)
      union all
      select resource_of_patient(id) from unnest(patient_ids) id
    ) busy
    where resource_id is not null
    order by key
    offset 0
  ) in_order;
end;
--> statement-breakpoint
-- Books every appointment of a series or none, or previews what booking it would answer. A preview books and gives everything
-- back, so what it calls free is free for the whole series. No rule is written here, only the order of the steps.
--
-- Answers with four lists: the series or the verdict against all of it; each date with its verdict and, when it is refused,
-- times near it; the appointments; the holds that this transaction released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function book_series(wanted appointments, request series_request, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  against_all text;
  planned record;
  wish wish;
  wishes wish[] := '{}';
  dates jsonb[] := '{}';
  released bigint[] := '{}';
  hold bigint;
  booked jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  wanted.patient_id := follow_patient(wanted.patient_id);
  perform take_turns_in_series(array[wanted.doctor_id], array[wanted.patient_id]);
  against_all := judge_series(wanted, request);
  if against_all is null then
    if exists (select from visit_type_needs where visit_type_id = wanted.visit_type_id) then
      perform take_turns_for_needs(
        array(select location_id from doctor_locations where doctor_id = wanted.doctor_id),
        array(
          select tstzrange(one.start_at, one.start_at + request.minutes * interval '1 minute')
          from starts_of_series(wanted, request) one
        )
      );
    end if;
    for planned in select * from starts_of_series(wanted, request) loop
      wish.event := 'appointment.booked';
      wish.starts := in_utc(planned.start_at);
      wish.ends := in_utc(planned.start_at + request.minutes * interval '1 minute');
      wishes := wishes || wish;
      dates := dates || jsonb_build_object('date', to_char(planned.date, 'YYYY-MM-DD'), 'time_zone', planned.time_zone);
      released := released || lock_to_begin(wanted, wish, acting);
    end loop;
    released := array(select distinct unnest(released) order by 1);
    foreach hold in array released loop
      perform release_hold(hold, acting);
    end loop;
    begin
      wanted.series_id := insert_series(wanted, request, acting);
      dates := insert_dates(wanted, wishes, dates, acting);
      if request.is_preview or exists (select from unnest(dates) date where date ->> 'verdict' is not null) then
        raise exception 'None of it is booked.' using errcode = 'AL409';
      end if;
      booked := list_appointments(array(select id from appointments where series_id = wanted.series_id));
    exception when sqlstate 'AL409' then
      wanted.series_id := null;
    end;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(jsonb_build_object('verdict', against_all) || coalesce(series_details(wanted.series_id), '{}')),
    to_jsonb(dates), booked,
    case when released = '{}' then '[]' else list_appointments(released) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
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
  join visit_types visit on visit.id = one.visit_type_id and visit.daily_cap is not null
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

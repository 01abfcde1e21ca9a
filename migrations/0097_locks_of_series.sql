-- Whether a daily cap may bind what is wanted.
create or replace function has_cap(wanted appointments) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
return exists (
  select from visit_types where daily_cap is not null and (id = wanted.visit_type_id or wanted.visit_type_id is null)
);
--> statement-breakpoint
-- Everything that the appointments of a series take, and the doctor they are to move to.
create or replace function taken_by_series(of_series bigint, to_doctor bigint) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
return array(
  select claim.resource_id
  from appointments one
  join claims claim on claim.appointment_id = one.id
  where one.series_id = of_series
  union
  select resource_id from doctors where id = to_doctor
);
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
  expired bigint[] := '{}';
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
  perform take_turns_in_series(array[
    (select resource_id from doctors where id = wanted.doctor_id), resource_of_patient(wanted.patient_id)
  ]);
  against_all := judge_series(wanted, request);
  if against_all is null then
    if exists (select from visit_type_needs where visit_type_id = wanted.visit_type_id) then
      perform take_turns_for_needs(
        array(select location_id from doctor_locations where doctor_id = wanted.doctor_id),
        array(
          -- Eight hours are the longest that an appointment lasts.
          select tstzrange(one.start_at, one.start_at + coalesce(request.minutes, 480) * interval '1 minute')
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
      perform take_turns_to_begin(wanted, wish, acting);
      expired := expired || expired_holds(wanted, wish, acting);
    end loop;
    released := lock_holds(expired, null, acting);
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
-- Changes who takes part in an appointment besides its doctor and its patient, all or nothing: those who are named from now on
-- take the place of those who were. Who meets a need of the visit type stays.
--
-- Answers with two lists: the appointment, with the verdict, who cannot come and whose free time it took before, or nothing when there is
-- none; the expired holds that this transaction released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_people(wanted appointments, wish wish, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  before appointments;
  verdict text;
  former jsonb;
  former_facts jsonb;
  kept claims[];
  named claims[];
  released bigint[];
  hold bigint;
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  perform follow_patient(null);
  wish.companion_ids := array(
    select coalesce(record.moved_to_id, companion.id)
    from unnest(wish.companion_ids) companion (id)
    left join patients record on record.id = companion.id
  );
  perform take_turns_to_change(wanted, change);
  perform pg_advisory_xact_lock_shared(hashtext('absences'));
  released := array(
    select hold.id
    from appointments hold
    where hold.id = any (wanted.id || array(
      select claim.appointment_id
      from appointments one
      cross join lateral named_claims(one, wish) named
      join claims claim on claim.resource_id = named.resource_id and claim.during && named.during
      where one.id = wanted.id
      and claim.expires_at <= acting.as_of
    ))
    and (hold.id = wanted.id or hold.status = 'pending' and hold.hold_expires_at <= acting.as_of)
    order by hold.id
    for no key update
  );
  foreach hold in array array_remove(released, wanted.id) loop
    perform release_hold(hold, acting);
  end loop;
  select * into before from appointments where id = wanted.id and hold_expires_at is null;
  if before.id is not null then
    wanted.override_reason := coalesce(wanted.override_reason, before.override_reason);
    former := appointment_details(before.id) -> 'elsewhere';
    former_facts := people_in_facts(before.id);
    kept := array(
      select claim from claims claim
      where appointment_id = before.id
      and (part not in ('colleague', 'companion') or need_id is not null)
    );
    named := array(
      select claim from named_claims(before, wish) claim
      where claim.resource_id <> all (array(select resource_id from unnest(kept) where part = 'colleague'))
    );
    verdict := case
      when change.version <> before.event_count then 'stale'
      when before.status <> all (array['booked', 'arrived']) then 'wrong_status'
      else judge_named(
        jsonb_populate_record(before, jsonb_build_object('override_reason', wanted.override_reason)), wish, false, acting
      )
    end;
    if verdict is null then
      perform renew_claims(before.id, kept || named);
      if people_in_facts(before.id) <> former_facts then
        perform record_people(before, former_facts, change.reason, acting);
      else
        verdict := 'already';
      end if;
    end if;
  end if;
  answers := jsonb_build_array(
    case when before.id is null then '[]' else jsonb_build_array(
      appointment_details(before.id) || jsonb_build_object(
        'verdict', verdict,
        'former_elsewhere', former,
        'missing', case when verdict <> 'already' then
          judge_attendance(named, wanted.override_reason is null, acting.as_of, before.id)
        end
      )
    ) end,
    list_appointments(array_remove(released, wanted.id))
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Moves or cancels one appointment of a series, or that one and all that follow it: all of them or none. What has begun, is
-- over or was cancelled stays as it is. Every move is by as much on the wall clock as the first one's. No rule is written
-- here, only the order of the steps: `change_appointment` judges and changes each.
--
-- Answers with five lists: the series with the verdict against the change as a whole; each appointment that cannot be
-- changed, with its verdict; those that were changed; all appointments of the series; the holds that this transaction
-- released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_series(
  of_series bigint, from_appointment bigint, with_following boolean, wanted appointments, change change, acting acting
) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_move constant boolean := change.event = 'appointment.rescheduled';
  first_start constant text := change.starts;
  quiet acting := acting;
  former claims[];
  asked record;
  chosen record;
  answer jsonb;
  details jsonb;
  refused jsonb := '[]';
  changed jsonb := '[]';
  released jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  quiet.idempotency_key := null; -- the request itself claims the key, once
  perform follow_patient(null);
  perform lock_to_change_series(of_series, from_appointment, with_following, wanted, change, acting);
  select * into asked from judge_series_change(of_series, from_appointment, with_following, wanted, change, acting);
  if asked.verdict is null then
    begin
      -- None of them is in the way of another.
      former := array(select claim from claims claim where is_move and appointment_id = any (asked.ids));
      update claims set during = null where is_move and appointment_id = any (asked.ids);
      for chosen in
        select one.*, location.time_zone
        from appointments one
        join locations location on location.id = one.location_id
        where one.id = any (asked.ids)
        order by one.start_at
      loop
        wanted.id := chosen.id;
        change.version := null;
        change.starts := case
          when not is_move then null
          when chosen.id = from_appointment and first_start is not null then first_start
          when asked.shift = interval '0' then in_utc(chosen.start_at)
          else to_char((chosen.start_at at time zone chosen.time_zone) + asked.shift, 'YYYY-MM-DD"T"HH24:MI')
        end;
        answer := change_appointment(wanted, change, quiet);
        details := answer -> 0 -> 0;
        released := released || (answer -> 1);
        if details ->> 'verdict' is null then
          changed := changed || details;
        elsif details ->> 'verdict' <> 'already' then
          refused := refused || details;
        else
          update claims
          set during = was.during
          from unnest(former) was
          where claims.appointment_id = chosen.id
          and was.appointment_id = chosen.id
          and was.resource_id = claims.resource_id;
        end if;
      end loop;
      if refused <> '[]' then
        raise exception 'None of it is changed.' using errcode = 'AL409';
      end if;
    exception when sqlstate 'AL409' then
      changed := '[]';
      released := '[]';
    end;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(jsonb_build_object('verdict', asked.verdict) || coalesce(series_details(of_series), '{}')),
    refused, changed,
    list_appointments(array(select id from appointments where series_id = of_series)), released
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- The holds that have to go before a wish is judged: expired ones that are in its way or would count, and the browser's other
-- hold, because it has one at a time. Nothing is locked here: `lock_holds` does that, and looks again.
create or replace function expired_holds(wanted appointments, wish wish, acting acting) returns bigint[]
language plpgsql
stable
set plan_cache_mode to force_generic_plan
as $$
declare
  meant constant bigint[] := case
    when wanted.doctor_id is not null then array[wanted.doctor_id]
    else array(select doctor_id from doctor_visit_types where visit_type_id = wanted.visit_type_id)
  end;
  -- Whether rooms, devices or colleagues are still to be chosen.
  chooses constant boolean := exists (
    select from visit_type_needs where visit_type_id = wanted.visit_type_id or wanted.visit_type_id is null
  );
  needed bigint[];
  around tstzrange;
  going bigint[] := '{}';
begin
  -- Two hours on either side leave room for the longest buffers.
  select array_agg(doctor.resource_id), tstzrange(
    min(least(start_at, end_at)) - interval '2 hours' - max(travel.longest),
    max(end_at) + interval '2 hours' + max(travel.longest)
  )
  into needed, around
  from doctors doctor
  join locations location on location.id = doctor.location_id
  cross join lateral instant_at(wish.starts, location.time_zone) start_at
  cross join lateral coalesce(instant_at(wish.ends, location.time_zone), start_at + interval '8 hours') end_at
  cross join (select coalesce(max(minutes), 0) * interval '1 minute' as longest from travel_times) travel
  where doctor.id = any (meant);
  needed := needed || wish.resource_ids || resource_of_patient(wanted.patient_id);
  if chooses or num_nonnulls(wish.colleague_ids, wish.companion_ids) > 0 then
    needed := needed || array(
      select resource_id from doctors where id = any (wish.colleague_ids)
      union
      select resource_of_patient(companion.id) from unnest(wish.companion_ids) companion (id)
      union
      select one.resource_id
      from (select distinct location_id from doctor_locations where doctor_id = any (meant)) place
      cross join lateral candidates_for_needs(wanted.visit_type_id, place.location_id) one
      where chooses
    );
  end if;

  -- A hold that no longer counts has to go, or a request whose clock is a little behind might still book or extend it. Holds
  -- of others from the same network address stay: their owners may still book them late.
  going := array(
    select hold.appointment_id
    from unnest(needed) one (id)
    join claims hold on hold.resource_id = one.id and hold.during && around
    where hold.expires_at <= acting.as_of
  );
  if has_cap(wanted) then
    going := going || array(
      select hold.id
      from appointments hold
      join visit_types visit on visit.id = hold.visit_type_id and visit.daily_cap is not null
      where hold.doctor_id = any (meant)
      and (wanted.visit_type_id is null or visit.id = wanted.visit_type_id)
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
    );
  end if;
  if wanted.status = 'pending' then
    going := going || array(
      select hold.id
      from appointments hold
      where hold.patient_id = wanted.patient_id
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
    ) || array(
      select hold.id
      from appointments hold
      where not acting.by_desk
      and hold.patient_id = any (
        array(select patient_id from account_patients where account_id = acting.account_id)
      )
      and hold.start_at > acting.as_of - interval '8 hours'
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
    );
  end if;
  if wanted.session_id is not null then
    going := going || array(
      select hold.id
      from appointments hold
      where hold.session_id = wanted.session_id
      and hold.status not in ('cancelled', 'noshow')
      and hold.hold_expires_at <= acting.as_of
    );
  end if;
  if wanted.stranger_id is not null then
    going := going || array(
      select hold.id
      from appointments hold
      join doctors doctor on doctor.id = hold.doctor_id
      join locations location on location.id = doctor.location_id
      where hold.stranger_id = wanted.stranger_id
      and hold.status = 'pending'
      and (wanted.session_id is null or hold.session_id is distinct from wanted.session_id)
      -- Unless it asks for that slot again, as in `find_own_hold`.
      and (
        hold.doctor_id <> wanted.doctor_id
        or hold.visit_type_id is distinct from coalesce(wanted.visit_type_id, hold.visit_type_id)
        or hold.start_at is distinct from instant_at(wish.starts, location.time_zone)
        or hold.end_at <> instant_at(wish.ends, location.time_zone)
      )
    );
  end if;
  return going;
end
$$;
--> statement-breakpoint
-- The expired holds that have to go before a change of time is judged: those of everyone and everything that takes part,
-- around that time. Nothing is locked here, so callers check again.
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
  );
end;
--> statement-breakpoint
-- Locks the holds that were found to be in the way, in the order of their ids, and answers with those that still have to go:
-- they have expired, or belong to the browser that is holding another slot. Whoever locks those of several dates finds them all
-- first: locked date by date, two requests could each wait for what the other has.
create or replace function lock_holds(holds bigint[], of_stranger text, acting acting) returns bigint[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
begin
  if holds = '{}' then
    return holds;
  end if;
  perform
  from appointments hold
  where hold.id = any (holds)
  order by hold.id
  for update;
  return array(
    select hold.id
    from appointments hold
    where hold.id = any (holds)
    and hold.status = 'pending'
    and (hold.hold_expires_at <= acting.as_of or hold.stranger_id = of_stranger)
    order by hold.id
  );
end
$$;
--> statement-breakpoint
-- Locks what a new appointment needs before it can be judged: takes its turns (`take_turns_to_begin`), then locks the holds that
-- have to go. Answers with their ids; the caller releases them.
create or replace function lock_to_begin(wanted appointments, wish wish, acting acting) returns bigint[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
begin
  perform take_turns_to_begin(wanted, wish, acting);
  -- Mostly, nothing has expired.
  if wanted.stranger_id is null and not exists (
    select from appointments where status = 'pending' and hold_expires_at <= acting.as_of
  ) then
    return '{}';
  end if;
  return lock_holds(expired_holds(wanted, wish, acting), wanted.stranger_id, acting);
end
$$;
--> statement-breakpoint
-- Locks what changing the appointments of a series needs, before any of them is changed, in the steps and the order of
-- `lock_to_change`: every turn, then the appointments and the expired holds that are in their way. Locked one appointment after
-- the other, two rooms, or two days of one room, could be asked for in one order here and in the other by someone else, and
-- both would wait for ever.
create or replace function lock_to_change_series(
  of_series bigint, from_appointment bigint, with_following boolean, wanted appointments, change change, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  is_move constant boolean := change.event = 'appointment.rescheduled';
  taking bigint[];
  step record;
  expired bigint[] := '{}';
begin
  -- While this waits, someone may change an appointment of the series and with it what has to be asked for. Once its doctors'
  -- turns are taken, nobody can. What a subtransaction took is given back with it.
  loop
    begin
      perform pg_advisory_xact_lock(hashtext('series'));
      taking := taken_by_series(of_series, wanted.doctor_id);
      perform take_turns_in_series(taking);
      exit when taken_by_series(of_series, wanted.doctor_id) <@ taking;
      raise exception 'The series has just taken something else.' using errcode = 'AL425';
    exception when sqlstate 'AL425' then
      -- Again, with what it takes now.
    end;
  end loop;
  if is_move then
    perform take_turns_for_needs(array_agg(work.location_id), array_agg(
      tstzrange(moved.start_at, moved.start_at + interval '8 hours')
    ))
    from judge_series_change(of_series, from_appointment, with_following, wanted, change, acting) asked
    join appointments one on one.id = any (asked.ids)
    join locations former on former.id = one.location_id
    join doctors doctor on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
    join locations location on location.id = doctor.location_id
    join doctor_locations work on work.doctor_id = doctor.id
    cross join lateral instant_at(
      to_char((one.start_at at time zone former.time_zone) + asked.shift, 'YYYY-MM-DD"T"HH24:MI'), location.time_zone
    ) moved (start_at)
    where change.resource_ids is not null
    or exists (
      select from visit_type_needs where visit_type_id = any (array[one.visit_type_id, wanted.visit_type_id])
    );
    perform
    from doctor_visit_types offer
    join visit_types visit on visit.id = offer.visit_type_id and visit.daily_cap is not null
    where (offer.doctor_id, offer.visit_type_id) in (
      select coalesce(wanted.doctor_id, one.doctor_id), one.visit_type_id
      from appointments one
      where one.series_id = of_series
    )
    order by offer.doctor_id, offer.visit_type_id
    for no key update of offer;
  end if;
  perform pg_advisory_xact_lock_shared(hashtext('absences'));
  if is_move then
    perform take_turns_to_travel(taking || array(
      select doctor.resource_id
      from appointments one
      join visit_type_needs need on need.visit_type_id = any (array[one.visit_type_id, wanted.visit_type_id])
      join doctors doctor on doctor.role = need.role
      where one.series_id = of_series
    ));
    for step in
      select one.id, to_char((one.start_at at time zone former.time_zone) + asked.shift, 'YYYY-MM-DD"T"HH24:MI') as starts
      from judge_series_change(of_series, from_appointment, with_following, wanted, change, acting) asked
      join appointments one on one.id = any (asked.ids)
      join locations former on former.id = one.location_id
    loop
      wanted.id := step.id;
      change.starts := step.starts;
      expired := expired || holds_to_change(wanted, change, acting);
    end loop;
  end if;
  perform
  from appointments one
  where one.id = any (expired || array(select id from appointments where series_id = of_series))
  order by one.id
  for update;
end
$$;
--> statement-breakpoint
-- Locks what a wish needs before it can be judged, in six steps:
-- 1. waits for other bookings of the same account,
-- 2. for others who choose rooms, devices and colleagues for the same days, and
-- 3. for bookings of a visit type with a daily cap, so that each counts those before it;
-- 4. waits for time off or a closure that is being entered;
-- 5. waits for other bookings of people who are on the way between locations, because no constraint sees that;
-- 6. locks the session that is to be joined, so that each gets another place, and nobody one in a session that is being
--    cancelled or moved.
-- Most bookings need only a few of the steps, and do not pay for the others.
create or replace function take_turns_to_begin(wanted appointments, wish wish, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  chooses constant boolean := wish.resource_ids is not null or exists (
    select from visit_type_needs where visit_type_id = wanted.visit_type_id or wanted.visit_type_id is null
  );
begin
  perform take_turns_by_account(acting);
  if chooses then
    perform take_turns_for_needs(array_agg(asked.location_id), array_agg(tstzrange(asked.start_at, asked.end_at)))
    from read_wish(wanted, wish, acting) asked
    where asked.start_at < asked.end_at
    and (wish.resource_ids is not null or exists (
      select from visit_type_needs where visit_type_id = asked.visit_type_id
    ));
  end if;
  if has_cap(wanted) then
    perform take_turns_for_caps(wanted, wish);
  end if;
  perform pg_advisory_xact_lock_shared(hashtext('absences'));
  if exists (select from travel_times) then
    perform take_turns_to_travel(array(
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
    ));
  end if;
  if wanted.session_id is not null then
    perform lock_sessions(wanted);
  end if;
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
              and kind <> all (array['appointment.reassigned', 'appointment.people_changed'])
            )
            and local_day(last.at, location.time_zone) @> acting.as_of
          ) then 'not_today'
          when one.status = 'noshow' and one.session_id is not null and wanted.place is null then 'session_full'
          -- They came to a session that was cancelled after all, so nothing is left to come to.
          when one.status = 'arrived' and exists (
            select from appointments session
            where session.id = one.session_id
            and session.status <> 'booked'
          ) then 'wrong_status'
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
comment on function expired_holds(appointments,wish,boolean,boolean,acting) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function take_turns_to_change_series(bigint,bigint,boolean,appointments,change,acting) is 'Retired in release 0.1.0';

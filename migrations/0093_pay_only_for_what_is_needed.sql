ALTER TABLE "claims" DROP CONSTRAINT "claims_doctor_id_doctors_id_fk";
--> statement-breakpoint
-- Which visit type an appointment got from the request that it began with, and why. `details` are the appointment's
-- (`appointment_details`).
create or replace function explain_visit_type(wanted appointments, details jsonb) returns jsonb
language plpgsql
stable
set plan_cache_mode to force_generic_plan
as $$
declare
  chosen constant bigint := details ->> 'visit_type_id';
  because text;
begin
  if chosen is null then
    because := case when wanted.visit_type_id is null then 'none_named' else 'other_length' end;
  elsif wanted.visit_type_id is not null then
    because := 'named';
  else
    select case
      when bool_or((other.mode = 'in_person') = (visit.mode = 'in_person')) then 'lowest_id'
      when count(*) > 0 then 'in_person_first'
      else 'only_one_of_that_length'
    end
    into because
    from visit_types visit
    join visit_types other on other.minutes = visit.minutes and other.id <> visit.id
    join doctor_visit_types offer on offer.visit_type_id = other.id
    where visit.id = chosen
    and offer.doctor_id = (details ->> 'doctor_id')::bigint
    and other.bookable_online
    and other.is_active;
  end if;
  return jsonb_build_object('visit_type_id', chosen, 'name', details -> 'visit_type', 'because', because);
end
$$;
--> statement-breakpoint
-- Whether `open_slots` offers a start. Like the other functions with a plan of their own, it is planned once per session:
-- planning takes ten times as long as the answer.
create or replace function is_open_slot(
  of_doctor bigint, at_location bigint, of_visit_type bigint, wanted timestamptz, by_desk boolean, as_of timestamptz,
  except_for bigint
) returns boolean
language plpgsql
stable
set plan_cache_mode to force_generic_plan
as $$
begin
  -- Most visit types need nothing but their doctor, and do not pay for the rest.
  if at_location is null or exists (select from visit_type_needs where visit_type_id = of_visit_type) then
    return exists (
      select
      from open_slots(
        of_doctor, at_location, of_visit_type, tstzrange(wanted, wanted, '[]'), by_desk, as_of, except_for
      )
    );
  end if;
  return exists (
    select
    from doctor_slots(
      of_doctor, at_location, of_visit_type, tstzrange(wanted, wanted, '[]'), by_desk, as_of, except_for
    )
  );
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
      one.awaits_approval, case when one.status = 'cancelled' then decline_reason(one) end as decline_reason,
      case
        when one.session_id is not null or affected.has_more then things_of(coalesce(one.session_id, one.id))
        else '[]'
      end as resources,
      to_char(one.hold_expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as hold_expires_local,
      affected.elsewhere,
      case when affected.has_more then others_of(one.id) else '[]' end as others
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
      ) end as elsewhere, bool_or(claim.part not in ('doctor', 'patient')) as has_more
      from claims claim
      left join doctors person on person.resource_id = claim.resource_id
      left join doctor_locations work on work.doctor_id = person.id
      where claim.appointment_id = one.id
    ) affected
    where one.id = of_appointment
  ) details;
end;
--> statement-breakpoint
-- Holds or books an appointment, or takes a walk-in. No rule is written here, only the order of the steps; each has a
-- snapshot that shows what the steps before it waited for.
--
-- Answers with four lists: the appointment that began or the verdict against it; what is in the way and the next free
-- time, or the next sessions; the open hold that the caller already has of this slot; the holds that this transaction released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function begin_appointment(wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
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
  details jsonb;
  answers jsonb;
begin
  perform require_authority(acting);
  perform require_patient(wanted.patient_id, acting);
  perform require_patient(companion.id, acting) from unnest(wish.companion_ids) companion (id);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  wanted.patient_id := follow_patient(wanted.patient_id);
  if wish.companion_ids is not null then
    wish.companion_ids := array(
      select coalesce(record.moved_to_id, companion.id)
      from unnest(wish.companion_ids) companion (id)
      left join patients record on record.id = companion.id
    );
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
    if wanted.session_id is not null then
      wanted.place := free_place(wanted.session_id);
    end if;
    begun := insert_appointment(wanted, wish, acting);
  end if;
  -- Another time would not help an account that has as many as it may have.
  if begun.verdict = 'session_full' then
    next_free := next_sessions(wanted.session_id, acting);
  elsif own_hold is null and begun.id is null and wanted.session_id is null
  and begun.verdict is distinct from 'too_many_appointments' then
    select coalesce(jsonb_agg(
      to_jsonb(free) || jsonb_build_object('missing', find_missing_person(wanted, wish, acting))
    ), '[]')
    into next_free
    from find_next_free(wanted, wish, acting) free;
  end if;
  details := appointment_details(coalesce(begun.id, own_hold));
  answers := jsonb_build_array(
    jsonb_build_array(
      to_jsonb(begun) || case when begun.id is null then '{}' else details end || jsonb_build_object(
        'visit_type_chosen', case when details is not null then explain_visit_type(wanted, details) end,
        'offered', case when begun.verdict = 'not_offered' then offered_by(wanted.doctor_id, acting.by_desk, acting.as_of) end
      )
    ),
    next_free,
    case when own_hold is null then '[]' else jsonb_build_array(details) end,
    case when released = '{}' then '[]' else list_appointments(released) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- The holds that have to go before a wish is judged: expired ones that are in its way or would count, and the browser's other
-- hold, because it has one at a time. `chooses` says whether rooms, devices or colleagues are still to be chosen, `capped`
-- whether a daily cap may apply. Nothing is locked here, so callers check again.
create or replace function expired_holds(
  wanted appointments, wish wish, chooses boolean, capped boolean, acting acting
) returns bigint[]
language plpgsql
stable
set plan_cache_mode to force_generic_plan
as $$
declare
  meant constant bigint[] := case
    when wanted.doctor_id is not null then array[wanted.doctor_id]
    else array(select doctor_id from doctor_visit_types where visit_type_id = wanted.visit_type_id)
  end;
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
  if capped then
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
-- Locks what a wish needs before it can be judged, in seven steps:
-- 1. waits for other bookings of the same account,
-- 2. for others who choose rooms, devices and colleagues for the same days, and
-- 3. for bookings of a visit type with a daily cap, so that each counts those before it;
-- 4. waits for time off or a closure that is being entered;
-- 5. waits for other bookings of people who are on the way between locations, because no constraint sees that;
-- 6. locks the session that is to be joined, so that each gets another place, and nobody one in a session that is being
--    cancelled or moved;
-- 7. locks the holds that have to go. They are found first, and checked again when they are locked.
-- Most bookings need only a few of the steps, and do not pay for the others.
--
-- Answers with the ids of these holds, which the caller releases.
create or replace function lock_to_begin(wanted appointments, wish wish, acting acting) returns bigint[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  chooses constant boolean := wish.resource_ids is not null or exists (
    select from visit_type_needs where visit_type_id = wanted.visit_type_id or wanted.visit_type_id is null
  );
  capped constant boolean := exists (
    select from visit_types where daily_cap is not null and (id = wanted.visit_type_id or wanted.visit_type_id is null)
  );
  going bigint[];
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
  if capped then
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
  if wanted.stranger_id is null and not exists (
    select from appointments where status = 'pending' and hold_expires_at <= acting.as_of
  ) then
    return '{}';
  end if;
  going := expired_holds(wanted, wish, chooses, capped, acting);
  if going <> '{}' then
    perform
    from appointments hold
    where hold.id = any (going)
    order by hold.id
    for update;
    going := array(
      select hold.id
      from appointments hold
      where hold.id = any (going)
      and hold.status = 'pending'
      and (hold.hold_expires_at <= acting.as_of or hold.stranger_id = wanted.stranger_id)
      order by hold.id
    );
  end if;
  return going;
end
$$;
--> statement-breakpoint
-- Reads a wish against the clinic's data: one row for each doctor who may be meant, or one row without a doctor. Nothing
-- is judged here; what is unknown, not offered or no longer in use is null. `lasting` is the length of the visit type that
-- was meant. When the front desk wishes for another length, the appointment is of no visit type and has no buffers.
create or replace function read_wish(wanted appointments, wish wish, acting acting) returns table (
  doctor_id bigint, resource_id bigint, patient_id bigint, location_id bigint, time_zone text,
  visit_type_id bigint, lasting interval, buffer_before_minutes smallint, buffer_after_minutes smallint, daily_cap smallint,
  start_at timestamptz, end_at timestamptz
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.id, doctor.resource_id, patient.id,
    case
      when doctor.works_elsewhere and wish.location_id is null then location_at(
        doctor.id, tstzrange(read.start_at, greatest(read.start_at, meeting.end_at)), null
      )
      else coalesce(wish.location_id, doctor.location_id)
    end,
    location.time_zone,
    kept.id, visit.minutes * interval '1 minute', kept.buffer_before_minutes, kept.buffer_after_minutes, kept.daily_cap,
    read.start_at, meeting.end_at
  from (values (wanted.patient_id)) named (patient_id)
  left join (
    (
      select wanted.doctor_id as id where wanted.doctor_id is not null
      union all
      select offer.doctor_id from doctor_visit_types offer
      where wanted.doctor_id is null and offer.visit_type_id = wanted.visit_type_id
    ) meant
    cross join lateral (
      select one.*, works_elsewhere
      from doctors one
      cross join lateral (
        select
          bool_or(work.location_id <> one.location_id) as works_elsewhere,
          bool_or(place.is_active and (wish.location_id is null or work.location_id = wish.location_id)) as works_there
        from doctor_locations work
        join locations place on place.id = work.location_id
        where work.doctor_id = one.id
      ) places
      where one.id = meant.id
      and one.is_active
      and works_there
      and (wish.specialty is null or one.specialty = wish.specialty)
      offset 0 -- or a plan made for any doctor would read all of them for one
    ) doctor
  ) on true
  -- All locations of a doctor have the same clock.
  left join locations location on location.id = doctor.location_id
  left join patients patient on patient.id = named.patient_id and patient.erased_at is null
  cross join lateral (
    select instant_at(wish.starts, location.time_zone) as start_at, instant_at(wish.ends, location.time_zone) as end_at
  ) read
  left join lateral (
    select kind.*
    from doctor_visit_types offer
    join visit_types kind on kind.id = offer.visit_type_id
    where offer.doctor_id = doctor.id
    -- When none is named, a patient means the doctor's first visit type of exactly that length, in person if there is one.
    -- The front desk means none.
    and case
      when wanted.visit_type_id is not null then kind.id = wanted.visit_type_id
      else kind.minutes * interval '1 minute' = read.end_at - read.start_at and not acting.by_desk and kind.capacity is null
    end
    and (kind.bookable_online or acting.by_desk)
    and kind.is_active
    order by kind.mode <> 'in_person', kind.id
    limit 1
  ) visit on true
  left join lateral (
    select visit.id, visit.buffer_before_minutes, visit.buffer_after_minutes, visit.daily_cap
    where not acting.by_desk
    or read.end_at is null
    or read.end_at - read.start_at = visit.minutes * interval '1 minute'
  ) kept on true
  cross join lateral (
    select coalesce(read.end_at, read.start_at + visit.minutes * interval '1 minute') as end_at
  ) meeting;
end;
--> statement-breakpoint
-- Makes bookings of a visit type with a daily cap wait for one another at each doctor who may be meant, always in the same
-- order.
create or replace function take_turns_for_caps(wanted appointments, wish wish) returns void
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
  and (wish.location_id is null or exists (
    select from doctor_locations work
    where work.doctor_id = doctor.id
    and work.location_id = wish.location_id
  ))
  and (wish.specialty is null or doctor.specialty = wish.specialty)
  order by offer.doctor_id, offer.visit_type_id
  for no key update of offer;
end;
--> statement-breakpoint
comment on function explain_visit_type(appointments,bigint,acting) is 'Retired in release 0.1.0';

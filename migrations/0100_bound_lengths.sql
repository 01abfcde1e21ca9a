-- Requests of absurd lengths are cheap to refuse, and the participants of a session are found by an index.
--
-- Afterwards, outside a transaction:
-- afterwards: CREATE INDEX CONCURRENTLY IF NOT EXISTS "appointments_by_session" ON "appointments" USING btree ("session_id") WHERE "appointments"."session_id" is not null
-- afterwards: CREATE INDEX CONCURRENTLY IF NOT EXISTS "appointments_awaiting" ON "appointments" USING btree ("hold_expires_at") WHERE "appointments"."status" = 'pending' and "appointments"."awaits_approval"
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
    max(least(end_at, start_at + interval '8 hours')) + interval '2 hours' + max(travel.longest)
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
      -- Without a visit type, any that its doctor offers may be meant.
      cross join (
        select distinct visit_type_id from doctor_visit_types
        where doctor_id = any (meant)
        and (wanted.visit_type_id is null or visit_type_id = wanted.visit_type_id)
      ) offer
      cross join lateral candidates_for_needs(offer.visit_type_id, place.location_id) one
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
      -- Wide enough for the whole local day, in which a cap counts.
      and hold.start_at between lower(around) - interval '36 hours' and upper(around) + interval '36 hours'
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
-- Where a doctor would see a patient at this time: where they work then, or else at the location that is preferred, or else
-- at their first. Those that are closed for good come last.
create or replace function location_at(of_doctor bigint, asked tstzrange, preferred bigint) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select work.location_id
  from doctor_locations work
  join doctors doctor on doctor.id = work.doctor_id
  join locations location on location.id = work.location_id
  where work.doctor_id = of_doctor
  order by
    not location.is_active,
    case when count(*) over () > 1 then not is_open_time(
      of_doctor, work.location_id,
      -- What is longer than an appointment may be is refused later.
      tstzrange(lower(asked), least(upper(asked), lower(asked) + interval '8 hours'))
    ) end,
    coalesce(work.location_id = preferred, false) desc,
    work.location_id = doctor.location_id desc,
    work.location_id
  limit 1;
end;
--> statement-breakpoint
-- Who or what keeps a wish from being met at that time: someone or something that it names (see `judge_attendance`), or for the
-- front desk a need of its visit type that nothing meets.
create or replace function find_missing_person(wanted appointments, wish wish, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(
    judge_attendance(named.claims, wanted.override_reason is null, acting.as_of),
    case when acting.by_desk then unmet_need(possible.appointment, named.claims, acting.as_of) end
  )
  from read_wish(wanted, wish, acting) asked
  cross join lateral (
    select jsonb_populate_record(
      wanted_at(
        wanted, asked.doctor_id, asked.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
        asked.buffer_after_minutes
      ),
      jsonb_build_object('visit_type_id', asked.visit_type_id)
    ) as appointment
    offset 0
  ) possible
  cross join lateral (
    select array(select claim from named_claims(possible.appointment, wish) claim) as claims
  ) named
  where asked.start_at < asked.end_at
  and asked.end_at - asked.start_at <= interval '8 hours'
  order by asked.doctor_id
  limit 1;
end;
--> statement-breakpoint
-- After a refusal: whether the doctor and the patient are occupied at the time that was wanted, and the next time on that
-- day that suits everyone. No row when the wish names no possible time.
create or replace function find_next_free(wanted appointments, wish wish, acting acting) returns table (
  time_zone text, doctor_is_taken boolean, patient_is_busy boolean,
  next_start_at timestamptz, next_end_at timestamptz, next_start_local text, next_end_local text
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    asked.time_zone,
    is_claimed(asked.resource_id, tstzrange(asked.start_at, asked.end_at), acting.as_of),
    is_claimed(resource_of_patient(asked.patient_id), tstzrange(asked.start_at, asked.end_at), acting.as_of),
    next.start_at,
    next.start_at + (asked.end_at - asked.start_at),
    to_char(next.start_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    to_char((next.start_at + (asked.end_at - asked.start_at)) at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI')
  from (
    select *
    from read_wish(wanted, wish, acting) candidate
    where candidate.start_at < candidate.end_at
    and candidate.end_at - candidate.start_at <= interval '8 hours'
    offset 0 -- or PostgreSQL might search for a free time before it checks this
  ) asked
  cross join lateral (
    select tstzrange(
      greatest(asked.start_at, acting.as_of),
      greatest(
        asked.start_at,
        acting.as_of,
        ((asked.start_at at time zone asked.time_zone)::date + 1)::timestamp at time zone asked.time_zone
      )
    ) as during
  ) rest_of_day
  cross join lateral (
    select wanted_at(
      wanted, asked.doctor_id, asked.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
      asked.buffer_after_minutes
    ) as appointment
  ) possible
  cross join lateral (
    select blocked_time(
      array(
        select claim from claims_of(possible.appointment) claim where claim.part = 'patient'
        union all
        select claim from named_claims(possible.appointment, wish) claim
      ),
      rest_of_day.during, acting.as_of, null
    ) as during
  ) blocked
  cross join lateral (
    select case
      when acting.by_desk then next_gap_around(
        wanted_at(
          wanted, asked.doctor_id, wish.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
          asked.buffer_after_minutes
        ),
        blocked.during, rest_of_day.during, acting.as_of
      )
      else next_slot_around(
        asked.doctor_id, wish.location_id, asked.visit_type_id, blocked.during, rest_of_day.during, acting.as_of, null
      )
    end as start_at
  ) next
  order by next.start_at, asked.doctor_id
  limit 1;
end;

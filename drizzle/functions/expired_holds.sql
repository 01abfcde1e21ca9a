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

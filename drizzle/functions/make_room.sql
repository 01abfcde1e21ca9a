-- Before somebody looks for room: waits for those who want a visit with the same daily cap, then for an absence that is just
-- being entered; then expired holds go that are in the way or would count, found once for all doctors who may be meant and
-- judged again once they are locked, and every other hold that the stranger has: one at a time.
create or replace function make_room(
  of_doctor bigint, at_location bigint, of_specialty text, of_patient bigint, of_visit_type bigint,
  starts text, ends text, by_desk boolean, is_hold boolean, of_stranger text, as_of timestamptz,
  actor_kind text, account_id bigint, api_key_id bigint, request_id text
) returns void
language sql volatile set plan_cache_mode to force_generic_plan
begin atomic
  select from doctor_visit_types offer
  join visit_types visit on visit.id = offer.visit_type_id
  join doctors doctor on doctor.id = offer.doctor_id
  where visit.daily_cap is not null
  and (of_visit_type is null or visit.id = of_visit_type)
  and offer.doctor_id = any (
    case when of_doctor is not null then array[of_doctor] else array(
      select doctor_id from doctor_visit_types where visit_type_id = of_visit_type
    ) end
  )
  and (at_location is null or doctor.location_id = at_location)
  and (of_specialty is null or doctor.specialty = of_specialty)
  order by offer.doctor_id, offer.visit_type_id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  with
  wanted as materialized (
    -- With room for the longest buffers on either side.
    select *, tstzrange(least(start_at, end_at) - interval '2 hours', end_at + interval '2 hours') as around
    from asked(of_doctor, at_location, of_specialty, of_patient, of_visit_type, starts, ends, by_desk)
  ),
  going as (
    select hold.id
    from appointments hold
    where (
      hold.status = 'pending' and hold.hold_expires_at <= as_of
      or hold.status = 'pending' and hold.stranger_id = of_stranger
    )
    and hold.id = any (array(
      -- What is not counted must go, or it might be booked, or extended, by a clock that is a little behind. Not so what
      -- others hold from the same address: who is late there may still book.
      select hold.id
      from wanted
      join appointments hold on hold.doctor_id = wanted.doctor_id
      where hold.status = 'pending' and hold.hold_expires_at <= as_of
      and (
        (wanted.daily_cap is not null and hold.visit_type_id = wanted.visit_type_id)
        or hold.doctor_occupied && wanted.around
      )
      union all
      select hold.id
      from appointments hold
      where hold.patient_id = of_patient and hold.status = 'pending' and hold.hold_expires_at <= as_of
      and (is_hold or exists (select from wanted where hold.doctor_occupied && wanted.around))
      union all
      select hold.id
      from appointments hold
      where hold.status = 'pending' and hold.stranger_id = of_stranger
      and not exists (
        select from wanted
        where wanted.doctor_id = hold.doctor_id
        and wanted.visit_type_id is not distinct from hold.visit_type_id
        and wanted.start_at = hold.start_at and wanted.end_at = hold.end_at
      )
    ))
    order by id
    for update
  )
  select let_go(array(select id from going), as_of, actor_kind, account_id, api_key_id, request_id);
end;

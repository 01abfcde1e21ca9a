-- Before an appointment takes other time: waits for those who want a visit with the same daily cap, then for an absence that
-- is just being entered; then it is locked with the expired holds of the doctor and of the patient, all in order of id, and
-- these go. It might have been one of them a moment ago, and somebody else be about to let it go.
create or replace function clear_the_way(
  of_appointment bigint, to_doctor bigint, beside_doctor bigint, beside_patient bigint,
  as_of timestamptz, actor_kind text, account_id bigint, api_key_id bigint, request_id text
) returns void
language sql volatile set plan_cache_mode to force_generic_plan
begin atomic
  select from appointments wanted
  join visit_types visit on visit.id = wanted.visit_type_id and visit.daily_cap is not null
  join doctor_visit_types offer
    on offer.visit_type_id = visit.id and offer.doctor_id = coalesce(to_doctor, wanted.doctor_id)
  where wanted.id = of_appointment
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  with
  locked as (
    select hold.id
    from appointments hold
    where hold.id = any (array(
      select of_appointment
      union all
      select other.id from appointments other
      where other.doctor_id = beside_doctor and other.status = 'pending' and other.hold_expires_at <= as_of
      union all
      select other.id from appointments other
      where other.patient_id = beside_patient and other.status = 'pending' and other.hold_expires_at <= as_of
    ))
    and (hold.id = of_appointment or hold.status = 'pending' and hold.hold_expires_at <= as_of)
    order by hold.id
    for update
  )
  select let_go(
    array(select id from locked where id <> of_appointment), as_of, actor_kind, account_id, api_key_id, request_id
  );
end;

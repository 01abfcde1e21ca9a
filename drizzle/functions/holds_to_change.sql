-- The expired holds that have to go before a change of time is judged: those of everyone and everything that takes part,
-- around that time. Nothing is locked here, so callers check again.
--
-- With `offset 0` a room is asked for that time only, and not for all that it was ever claimed for.
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
      coalesce(wanted.patient_id, one.patient_id, change.default_patient_id) as patient_id,
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
    join appointments other on other.patient_id = busy.patient_id
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
      on other.resource_id = any (array(
        select claim.resource_id
        from claims claim
        where claim.appointment_id = any (array(select id from with_participants(array[wanted.id])))
      ))
      and other.during && tstzrange(busy.earliest, busy.latest)
    where other.expires_at <= acting.as_of
    union all
    select other.appointment_id
    from busy
    join appointments one on one.id = wanted.id
    join doctor_locations work on work.doctor_id = busy.doctor_id
    cross join unnest(array[one.visit_type_id, wanted.visit_type_id]) visit (type_id)
    cross join candidates_for_needs(visit.type_id, work.location_id) candidate
    cross join lateral (
      select claim.appointment_id, claim.expires_at
      from claims claim
      where claim.resource_id = candidate.resource_id
      and claim.during && tstzrange(busy.earliest, busy.latest)
      offset 0
    ) other
    where other.expires_at <= acting.as_of
  );
end;

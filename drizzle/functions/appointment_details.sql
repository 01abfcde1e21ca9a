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
      one.arrived_at, to_char(one.arrived_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as arrived_local,
      one.started_at, to_char(one.started_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as started_local,
      one.note, one.override_reason, one.reason_for_visit, one.hold_expires_at, one.capacity, one.session_id, one.series_id,
      one.awaits_approval, case when one.status = 'cancelled' then decline_reason(one) end as decline_reason,
      case
        when one.session_id is not null or affected.has_more then things_of(coalesce(one.session_id, one.id))
        else '[]'
      end as resources,
      to_char(one.hold_expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as hold_expires_local,
      response.appointment_id is not null as is_accepted, affected.elsewhere,
      case when affected.has_more then others_of(one.id) else '[]' end as others
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    left join appointment_responses response on response.appointment_id = one.id
      and response.patient_id = one.patient_id
      and response.start_at = one.start_at
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

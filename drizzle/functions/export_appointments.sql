-- Every appointment on these records, from first to last, with its events. An event says which facts changed to what. About
-- an appointment that they only come along to, it says nothing that was written about the patient.
create or replace function export_appointments(records bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  described as (
    select
      one.id, one.patient_id, one.status, one.event_count as version,
      in_utc(one.start_at) as start_at, to_char(one.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      in_utc(one.end_at) as end_at, to_char(one.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      location.time_zone, location.name as location, doctor.name as doctor, visit.name as visit_type,
      case when own.is_patient then one.reason_for_visit end as reason_for_visit,
      case when own.is_patient then one.override_reason end as override_reason, in_utc(one.hold_expires_at) as hold_expires_at,
      in_utc(one.arrived_at) as arrived_at, in_utc(one.started_at) as started_at,
      case when own.is_patient then one.note end as note, in_utc(response.responded_at) as responded_at, in_utc(response.start_at) as response_start_at
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join visit_types visit on visit.id = one.visit_type_id
    left join appointment_responses response on response.appointment_id = one.id
      and response.patient_id = one.patient_id
      and response.patient_id = any (records)
    cross join lateral (select one.patient_id = any (records) as is_patient) own
    where one.patient_id = any (records)
    or one.id = any (appointments_beside(records))
  ),
  told as (
    select
      event.appointment_id,
      jsonb_agg(
        jsonb_build_object(
          'number', event.number, 'kind', event.kind, 'at', in_utc(event.at), 'actor', event.actor_kind,
          'reason', case when described.patient_id = any (records) then event.reason end, 'changes', facts_to_tell(event.before, event.after)
        )
        order by event.number
      ) as events
    from described
    join events event on event.appointment_id = described.id
    group by event.appointment_id
  )
  select coalesce(
    jsonb_agg(
      to_jsonb(described) || jsonb_build_object('events', coalesce(told.events, '[]'))
      order by described.start_at, described.id
    ),
    '[]'
  )
  from described
  left join told on told.appointment_id = described.id;
end;

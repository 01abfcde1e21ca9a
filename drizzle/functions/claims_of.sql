-- The claims that an appointment's row stands for: its doctor, with the buffers, and its patient. A participant of a session
-- claims no doctor, because the session does that once for all.
create or replace function claims_of(one appointments) returns setof claims
language sql
stable
rows 2
set plan_cache_mode to force_generic_plan
begin atomic
  select
    one.id, doctor.resource_id, 'doctor', doctor.id, null::bigint, one.buffer_before_minutes, one.buffer_after_minutes,
    coalesce(one.location_id, doctor.location_id),
    claimed_time(one.status, one.start_at, one.end_at, one.buffer_before_minutes, one.buffer_after_minutes),
    one.hold_expires_at
  from doctors doctor
  where doctor.id = one.doctor_id
  and one.session_id is null
  union all
  select
    one.id, resource_of_patient(one.patient_id), 'patient', null, null, 0::smallint, 0::smallint, null,
    claimed_time(one.status, one.start_at, one.end_at, 0, 0), one.hold_expires_at
  where one.patient_id is not null;
end;

-- The open hold that the browser, or the patient, already has of the slot that it asks for.
create or replace function find_own_hold(wanted appointments, wish wish, acting acting) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(hold.id)
  from appointments hold
  join doctors doctor on doctor.id = hold.doctor_id
  join locations location on location.id = doctor.location_id
  where (hold.stranger_id = wanted.stranger_id or hold.patient_id = wanted.patient_id)
  and hold.status = 'pending'
  and not hold.awaits_approval
  and hold.hold_expires_at > acting.as_of
  and hold.session_id is not distinct from wanted.session_id
  and hold.doctor_id = coalesce(wanted.doctor_id, hold.doctor_id)
  -- One of another length than the visit type's, which the front desk may wish for, has none.
  and (
    wanted.visit_type_id is null
    or hold.visit_type_id = wanted.visit_type_id
    or hold.visit_type_id is null and wish.ends is not null
  )
  and (wanted.session_id is not null or hold.start_at = instant_at(wish.starts, location.time_zone))
  and hold.end_at = coalesce(instant_at(wish.ends, location.time_zone), hold.end_at);
end;

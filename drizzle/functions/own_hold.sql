-- The open hold that whoever asks has of the very slot that is asked for.
create or replace function own_hold(
  of_doctor bigint, of_patient bigint, of_visit_type bigint, starts text, ends text, of_stranger text, as_of timestamptz
) returns bigint
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select min(hold.id)
  from appointments hold
  join doctors doctor on doctor.id = hold.doctor_id
  join locations location on location.id = doctor.location_id
  where (hold.stranger_id = of_stranger or hold.patient_id = of_patient)
  and hold.status = 'pending' and hold.hold_expires_at > as_of
  and hold.doctor_id = coalesce(of_doctor, hold.doctor_id)
  and hold.visit_type_id is not distinct from coalesce(of_visit_type, hold.visit_type_id)
  and hold.start_at = instant_at(starts, location.time_zone)
  and hold.end_at = coalesce(instant_at(ends, location.time_zone), hold.end_at);
end;

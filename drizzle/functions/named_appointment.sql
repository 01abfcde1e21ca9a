-- An appointment as a refusal names it: when, where and with whom; null when there is none.
create or replace function named_appointment(of_appointment bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select jsonb_build_object(
    'id', one.id, 'doctor_name', doctor.name, 'patient_name', patient.name, 'location_name', location.name
  ) || start_in_zone(one.start_at, location.time_zone)
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  left join patients patient on patient.id = one.patient_id
  where one.id = of_appointment;
end;

-- The first appointment of a patient that is at the time of another appointment; null when they could go to both. One that
-- occupies no time is in nobody's way, and neither is a hold that has expired.
create or replace function find_conflict(of_appointment bigint, of_patient bigint, as_of timestamptz) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select other.id
  from appointments one
  join appointments other
    on other.patient_id = of_patient
    and other.start_at > one.start_at - interval '8 hours'
    and other.start_at < one.end_at
    and other.patient_occupied && one.patient_occupied
    and other.id <> one.id
  where one.id = of_appointment
  and (other.hold_expires_at is null or other.hold_expires_at > as_of)
  and (one.hold_expires_at is null or one.hold_expires_at > as_of)
  order by other.start_at, other.id
  limit 1;
end;

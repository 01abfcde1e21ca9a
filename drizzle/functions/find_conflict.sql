-- The first appointment of a patient that is at the time of another appointment; null when they could go to both. One that
-- occupies no time is in nobody's way, and neither is a hold that has expired.
create or replace function find_conflict(of_appointment bigint, of_patient bigint, as_of timestamptz) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select other.appointment_id
  from appointments one
  join claims other
    on other.resource_id = resource_of_patient(of_patient)
    and other.during && claimed_time(one.status, one.start_at, one.end_at, 0, 0)
    and other.appointment_id <> one.id
  where one.id = of_appointment
  and (other.expires_at is null or other.expires_at > as_of)
  and (one.hold_expires_at is null or one.hold_expires_at > as_of)
  order by lower(other.during), other.appointment_id
  limit 1;
end;

-- The ids of the appointments at a location that the day view shows: at any of this time, with holds that still run, and
-- cancelled ones only when they are asked for or as long as the patient has not been told. A participant of a session has a
-- row, too. Whoever is here now is always among them. `of_doctor` keeps those that the doctor takes part in.
create or replace function appointments_on_days(
  at_location bigint, within tstzrange, of_doctor bigint, with_cancelled boolean, as_of timestamptz
) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select array(
    select one.id
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    -- No appointment is longer than eight hours.
    where one.start_at > lower(within) - interval '8 hours'
    and one.start_at < upper(within)
    and one.end_at > lower(within)
    and coalesce(one.location_id, doctor.location_id) = at_location
    and (of_doctor is null or of_doctor = one.doctor_id or exists (
      select from claims claim
      where claim.appointment_id = one.id
      and claim.doctor_id = of_doctor
    ))
    and case one.status
      when 'pending' then one.hold_expires_at > as_of
      when 'cancelled' then one.hold_expires_at is null and (with_cancelled or exists (
        select from outbox waiting
        where waiting.appointment_id = one.id
        and waiting.ready_at > as_of
      ))
      else true
    end
    union
    select one.id
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    where one.status = 'arrived'
    and one.start_at > as_of - interval '24 hours'
    and one.start_at < as_of + interval '24 hours'
    and coalesce(one.location_id, doctor.location_id) = at_location
    and (of_doctor is null or of_doctor = one.doctor_id)
  );
end;

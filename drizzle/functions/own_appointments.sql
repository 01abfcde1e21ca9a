-- The ids of the appointments that a doctor takes part in at any of this time, as their doctor or as a colleague, wherever
-- they are. Holds that still run are among them; what was cancelled is not. Whoever is here now always is.
create or replace function own_appointments(of_doctor bigint, within tstzrange, as_of timestamptz) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select array(
    select own.id
    from appointments own
    where own.doctor_id = of_doctor
    -- No appointment is longer than eight hours.
    and own.start_at > lower(within) - interval '8 hours'
    and own.start_at < upper(within)
    and own.end_at > lower(within)
    and own.status <> 'cancelled'
    and (own.status <> 'pending' or own.hold_expires_at > as_of)
    union
    select one.id
    from claims claim
    join appointments one on one.id = claim.appointment_id
    where claim.resource_id = (select resource_id from doctors where id = of_doctor)
    and claim.during && within
    and claim.part = 'colleague'
    and claim.doctor_id = of_doctor
    and one.status <> 'cancelled'
    union
    select here.id
    from appointments here
    where here.doctor_id = of_doctor
    and here.status = 'arrived'
    and here.start_at > as_of - interval '24 hours'
    and here.start_at < as_of + interval '24 hours'
  );
end;

-- What an appointment has claimed besides its doctor and its patient, as it would be at the time and with the status of this
-- row.
create or replace function other_claims_of(one appointments) returns setof claims
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    claim.appointment_id, claim.resource_id, claim.part, claim.doctor_id, claim.need_id, claim.before_minutes,
    claim.after_minutes, case when claim.location_id is not null then coalesce(one.location_id, claim.location_id) end,
    claimed_time(one.status, one.start_at, one.end_at, claim.before_minutes, claim.after_minutes), one.hold_expires_at
  from claims claim
  where claim.appointment_id = one.id
  and claim.part not in ('doctor', 'patient');
end;

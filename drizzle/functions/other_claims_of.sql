-- What an appointment has claimed besides its doctor and its patient, as it would be at the time and with the status of this
-- row. A colleague who was named has the doctor's buffers.
create or replace function other_claims_of(one appointments) returns setof claims
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    claim.appointment_id, claim.resource_id, claim.part, claim.doctor_id, claim.need_id, own.before_minutes,
    own.after_minutes, case when claim.location_id is not null then coalesce(one.location_id, claim.location_id) end,
    claimed_time(one.status, one.start_at, one.end_at, own.before_minutes, own.after_minutes), one.hold_expires_at
  from claims claim
  cross join lateral (
    select
      case when is_named_colleague then one.buffer_before_minutes else claim.before_minutes end as before_minutes,
      case when is_named_colleague then one.buffer_after_minutes else claim.after_minutes end as after_minutes
    from (select claim.part = 'colleague' and claim.need_id is null as is_named_colleague) which
  ) own
  where claim.appointment_id = one.id
  and claim.part not in ('doctor', 'patient');
end;

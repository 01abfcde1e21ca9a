-- The appointments ahead at a location that lie in time that is no longer open, with what strands each: those that somebody
-- should call, unless it was said of one that it stays as it is. That holds until something else strands it, or it moves.
--
-- Whatever takes time away notes the appointments at that time in `strandings` (`notice_stranded`), so only those are looked
-- at. One that the front desk has put there since, with a reason, is there on purpose.
create or replace function stranded_appointments(at_location bigint, as_of timestamptz)
returns table (id bigint, start_at timestamptz, why jsonb, stays boolean)
language sql
stable
rows 20
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select one.id, one.start_at, found.why, noted.stays_why is not distinct from found.why
    and noted.stays_start_at is not distinct from one.start_at
  from strandings noted
  join appointments one on one.id = noted.appointment_id
  join doctors doctor on doctor.id = one.doctor_id
  cross join lateral (select what_strands(one) as why offset 0) found
  where one.end_at > as_of
  and (
    one.status = 'booked'
    or one.status = 'arrived' and one.started_at is null
    or one.awaits_approval and one.status = 'pending' and one.hold_expires_at > as_of
  )
  and coalesce(one.location_id, doctor.location_id) = at_location
  and not (one.override_reason is not null and exists (
    select from events event
    where event.appointment_id = one.id
    and event.number > noted.version
    and event.kind = any (array['appointment.booked', 'appointment.walked_in', 'appointment.rescheduled'])
  ))
  and found.why <> '[]';
end;

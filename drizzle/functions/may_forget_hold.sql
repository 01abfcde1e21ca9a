-- Whether an appointment has only ever been a hold, and its last event was written before this instant by PostgreSQL's
-- clock. Looks only at what no caller can set: not at the appointment, and not at the times that events carry.
create or replace function may_forget_hold(hold bigint, written_before timestamptz) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
return exists (
  select from event_heads
  where appointment_id = hold
  and written_at < written_before
) and not exists (
  select from events
  where appointment_id = hold
  and (
    kind not in ('appointment.held', 'appointment.extended', 'appointment.released', 'appointment.reassigned')
    or after ->> 'status' not in ('pending', 'cancelled')
  )
);

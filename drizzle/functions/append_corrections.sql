-- Writes many events of corrected time zones at once, with what `append_event` does for such an event: it moves the anchors, each
-- only from the event before. Nobody is told of them, and nothing comes back into its time.
create or replace function append_corrections(made events[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into events overriding user value
  select event.*
  from unnest(made) event
  where event.kind = 'appointment.time_zone_corrected'
  order by event.appointment_id;

  update event_heads head
  set event_count = event.number, last_event_hash = event.hash, written_at = now()
  from unnest(made) event
  where head.appointment_id = event.appointment_id
  and head.event_count = event.number - 1
  and head.last_event_hash = event.previous_hash;

  -- Rows that no event wrote begin their chain with it.
  insert into event_heads (appointment_id, event_count, last_event_hash)
  select event.appointment_id, event.number, event.hash
  from unnest(made) event
  where event.number = 1
  on conflict do nothing;
end;

-- Writes an event that `next_event` made, and moves the anchor of its chain. This is the only place that writes events:
-- whatever must commit with each change, such as a row for the outbox, is written here too.
--
-- The anchor moves only from the event before. Once a chain has been changed by hand, it stays where it was, so that
-- later events do not hide the change.
create or replace function append_event(event events) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into events overriding user value
  select event.*;

  insert into event_heads (appointment_id, event_count, last_event_hash)
  values (event.appointment_id, event.number, event.hash)
  on conflict (appointment_id)
  do update set event_count = excluded.event_count, last_event_hash = excluded.last_event_hash, written_at = now()
  where event_heads.event_count = event.number - 1
  and event_heads.last_event_hash = event.previous_hash;
end;

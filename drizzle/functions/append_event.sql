-- Writes an event that `next_event` made. This is the only place that writes events: whatever must commit with each
-- change, such as a row for the outbox, is written here too.
create or replace function append_event(event events) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into events overriding user value
  select event.*;
end;

-- Writes an event that `next_event` made, moves the anchor of its chain, and puts the event into the outbox if someone may have
-- to be told of it. This is the only place that writes events, besides `append_corrections` for many at once.
--
-- What the clinic or another system did waits: it may be followed by more of the same, or undone. Holds are nobody's
-- business, who is here already knows, and a corrected time zone changes no clock time.
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

  insert into outbox (appointment_id, number, patient_id, waits, ready_at)
  select
    event.appointment_id, event.number, (event.after ->> 'patient_id')::bigint, made.waits,
    case
      when made.waits then event.at + (select grace_seconds * interval '1 second' from clinic_settings where id)
      else event.at
    end
  from (
    select event.api_key_id is not null or event.actor_kind in ('front_desk', 'doctor', 'admin') as waits
  ) made
  where event.kind not in (
    'appointment.held', 'appointment.extended', 'appointment.released', 'appointment.arrived', 'appointment.fulfilled',
    'appointment.resized', 'appointment.started', 'appointment.start_undone', 'appointment.noted',
    'appointment.time_zone_corrected'
  );

  -- What comes back may come back into time that was taken away meanwhile.
  insert into strandings (appointment_id, version)
  select event.appointment_id, event.number
  where event.before ->> 'status' = any (array['cancelled', 'noshow'])
  and event.after ->> 'status' <> all (array['cancelled', 'noshow'])
  on conflict (appointment_id)
  do update set version = excluded.version;
end;

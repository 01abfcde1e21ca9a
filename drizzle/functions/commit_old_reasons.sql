-- Gives the reasons of an appointment's old events a commitment, so that they can be emptied, and hashes its chain anew. The
-- caller has locked the appointment. The anchor that this replaces is kept in `replaced_heads`. A chain that was broken
-- stays as it is, so that this hides nothing.
create or replace function commit_old_reasons(of_appointment bigint) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  head event_heads;
  event events;
  previous bytea;
begin
  if not exists (
    select from events where appointment_id = of_appointment and reason is not null and reason_hash is null
  ) then
    return;
  end if;
  select * into head from event_heads where appointment_id = of_appointment for update;
  for event in select * from events where appointment_id = of_appointment order by number loop
    if event.hash <> event_hash(event) or event.previous_hash is distinct from previous then
      return;
    end if;
    previous := event.hash;
  end loop;
  if head.last_event_hash is distinct from previous then
    return;
  end if;
  previous := null;
  for event in select * from events where appointment_id = of_appointment order by number loop
    if event.reason_hash is null and event.reason is not null then
      event.reason_salt := uuid_send(gen_random_uuid());
      event.reason_hash := commitment(event.reason, event.reason_salt);
    end if;
    event.previous_hash := previous;
    event.hash := event_hash(event);
    update events
    set
      reason_salt = event.reason_salt,
      reason_hash = event.reason_hash,
      previous_hash = event.previous_hash,
      hash = event.hash
    where id = event.id;
    previous := event.hash;
  end loop;
  update appointments set last_event_hash = previous where id = of_appointment;
  update event_heads set last_event_hash = previous where appointment_id = of_appointment;
  insert into replaced_heads (appointment_id, event_count, last_event_hash, replaced_by)
  values (of_appointment, head.event_count, head.last_event_hash, previous);
end
$$;

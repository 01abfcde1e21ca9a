-- An event of an appointment whose claims have changed already, with who and what it had before.
create or replace function with_former_people(event events, former jsonb) returns events
language plpgsql
stable
set plan_cache_mode to force_generic_plan
as $$
begin
  event.before := event.before - array['colleague_ids', 'companion_ids', 'room_ids', 'device_ids'] || former;
  event.hash := event_hash(event);
  return event;
end
$$;

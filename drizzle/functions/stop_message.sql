-- Stops a message that is due, for good. Answers null for an unknown message, else with `outcome`: stopped or not_waiting;
-- and with the message as it is now. One that is being sent at this moment cannot be stopped any more.
--
-- Runs with the owner's rights: the Worker's database role may not write messages.
create or replace function stop_message(message_id bigint, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  message messages;
begin
  perform require_authority(acting);
  if (select is_about_elsewhere(messages, acting.location_ids) from messages where id = message_id) then
    return null;
  end if;
  update messages
  set state = 'skipped', reason = 'stopped'
  where id = message_id
  and state = 'due'
  returning * into message;
  if message.id is not null then
    return jsonb_build_object('outcome', 'stopped', 'message', describe_message(message));
  end if;
  return (
    select jsonb_build_object('outcome', 'not_waiting', 'message', describe_message(messages))
    from messages
    where id = message_id
  );
end
$$;

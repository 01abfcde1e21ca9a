-- Sends a message again at once. One that failed or was skipped becomes due again. Of one that was sent, a new one is made,
-- so that the record of the first stays. Answers null for an unknown message, else with `outcome`: resent, still_waiting or
-- would_be_skipped with the reason; and with the message as it is now.
--
-- Runs with the owner's rights: the Worker's database role may not write messages.
create or replace function resend_message(message_id bigint, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  message messages;
  against text;
  again bigint := message_id;
begin
  perform require_authority(acting);
  select * into message from messages where id = message_id for update;
  if message.id is null or is_about_elsewhere(message, acting.location_ids) then
    return null;
  end if;
  if message.state in ('due', 'sending') then
    return jsonb_build_object('outcome', 'still_waiting', 'message', describe_message(message));
  end if;
  against := why_not_sent(message, acting.as_of);
  if against is not null then
    return jsonb_build_object('outcome', 'would_be_skipped', 'reason', against, 'message', describe_message(message));
  end if;
  if message.state = 'sent' then
    insert into messages (
      kind, cause, recipient, account_id, patient_id, location_id, days_before, due_at, try_at, created_at
    )
    values (
      message.kind, message.cause || ':again:' || gen_random_uuid(), message.recipient, message.account_id,
      message.patient_id, message.location_id, message.days_before, acting.as_of, acting.as_of, acting.as_of
    )
    returning id into again;
    insert into message_appointments (message_id, appointment_id, from_event, to_event)
    select again, about.appointment_id, about.from_event, about.to_event
    from message_appointments about
    where about.message_id = message.id;
  else
    update messages
    set
      state = 'due',
      reason = null,
      due_at = acting.as_of,
      try_at = acting.as_of,
      -- The provider may remember what it refused under the old one.
      key = gen_random_uuid()
    where id = message.id;
  end if;
  return (
    select jsonb_build_object('outcome', 'resent', 'message', describe_message(messages))
    from messages
    where id = again
  );
end
$$;

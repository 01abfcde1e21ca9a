-- Records what providers tell of messages that they accepted: [{provider, provider_id, channel, address, what, is_permanent,
-- at}]. A message that came back has failed, even if it had been delivered. Addresses are marked as they stand in the
-- message, because a provider may write them differently; a mail without a message, such as a sign-in code, is marked too.
create or replace function record_provider_events(told jsonb) returns void
language sql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with events_told as (
    select event.*, message.id as message_id, coalesce(message.address, event.address) as known_address
    from jsonb_to_recordset(told) event (
      provider text, provider_id text, channel text, address text, what text, is_permanent boolean, at timestamptz
    )
    left join messages message
      on message.provider_id = event.provider_id
      and message.provider = event.provider
  ),
  marked as (
    insert into marked_addresses (channel, address, reason, marked_at)
    select distinct on (channel, known_address) channel, known_address, what, at
    from events_told
    where known_address is not null
    and (what = 'complained' or what = 'bounced' and is_permanent)
    order by channel, known_address, what desc, at
    on conflict (channel, address) do update
    set
      reason = excluded.reason,
      marked_at = excluded.marked_at
    where marked_addresses.reason = 'bounced'
    and excluded.reason = 'complained'
  ),
  of_message as (
    select message_id,
      min(at) filter (where what = 'delivered') as delivered_at,
      bool_or(what = 'bounced') as has_bounced,
      bool_or(what in ('bounced', 'failed')) as has_failed
    from events_told
    where message_id is not null
    group by message_id
  )
  update messages
  set
    delivered_at = coalesce(messages.delivered_at, of_message.delivered_at),
    state = case when of_message.has_failed then 'failed' else messages.state end,
    reason = case
      when of_message.has_bounced then 'bounced'
      when of_message.has_failed then 'not_delivered'
      else messages.reason
    end
  from of_message
  where messages.id = of_message.message_id
  and messages.state in ('sent', 'failed');
end;

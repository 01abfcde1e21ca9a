-- Appends to the security log. `about` is the account that it concerns; null when no account has that mailbox yet. This is
-- the only place that writes it, with the owner's rights: the Worker's database role may only read it. New keys, new roles,
-- exports and erasures are also counted, because many of them raise an alarm.
create or replace function record_security_event(kind text, about bigint, details jsonb, acting acting) returns void
language sql
volatile
security definer
set plan_cache_mode to force_generic_plan
begin atomic
  select count_security_event(kind, array['everyone'], null, acting)
  where kind in ('api_key.issued', 'role.changed', 'data.exported', 'data.erased');

  insert into security_events (
    at, kind, account_id, actor_kind, by_account_id, by_api_key_id, request_id, network_hash, place, details
  )
  values (
    acting.as_of, kind, about, acting.actor_kind, acting.account_id, acting.api_key_id, acting.request_id,
    acting.network_hash, acting.place, coalesce(details, '{}')
  );
end;

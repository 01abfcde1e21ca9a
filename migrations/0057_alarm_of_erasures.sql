-- How often within an hour is too often, and raises an alarm; null when nothing does.
create or replace function alarm_threshold(kind text, subject text) returns integer
language sql
immutable
begin atomic
  select case kind || ' by ' || split_part(subject, ':', 1)
    when 'sign_in.refused by network' then 20
    when 'sign_in.refused by wider' then 80
    when 'sign_in.refused by mailbox' then 20
    when 'sign_in.refused by everyone' then 500
    when 'sign_in.code_sent by everyone' then 1000
    when 'api_key.issued by everyone' then 10
    when 'role.changed by everyone' then 10
    when 'data.exported by everyone' then 20
    when 'data.erased by everyone' then 20
    when 'invitation.refused by everyone' then 50
  end;
end;
--> statement-breakpoint
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

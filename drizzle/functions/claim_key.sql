-- Claims an idempotency key for a request, or fails: by the primary key where it was used, after two seconds where its first
-- request is not done. Keys older than a day go, a few with every claim, so that no job has to sweep.
create or replace function claim_key(of_account bigint, claimed_key text, of_request text, as_of timestamptz) returns void
language sql volatile set plan_cache_mode to force_generic_plan set lock_timeout to '2s' set enable_seqscan to off
begin atomic
  delete from idempotency_keys
  where account_id = of_account and key = claimed_key and claimed_at <= as_of - interval '24 hours';
  delete from idempotency_keys
  where ctid = any (array(
    select ctid from idempotency_keys
    where claimed_at <= as_of - interval '24 hours' order by claimed_at limit 4 for update skip locked
  ));
  insert into idempotency_keys (account_id, key, fingerprint, claimed_at)
  values (of_account, claimed_key, decode(of_request, 'hex'), as_of);
end;

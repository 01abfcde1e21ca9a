-- Claims the idempotency key of a request. Fails by the primary key when it was used before, and after two seconds when
-- the first request with it is still running. Each claim also deletes a few keys that are older than a day, so that no
-- job has to.
--
-- `enable_seqscan` is off because a session keeps its plans: one made while there were hardly any keys read the whole
-- table once there were thousands. `ctid` is for the same reason: found by their key, the old keys were joined by an
-- index scan over all keys, and with 20,000 of them each booking took 40 ms.
create or replace function claim_key(acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
set lock_timeout to '2s'
set enable_seqscan to off
begin atomic
  delete from idempotency_keys
  where account_id = acting.account_id
  and key = acting.idempotency_key
  and claimed_at <= acting.as_of - interval '24 hours';

  delete from idempotency_keys
  where ctid = any (array(
    select ctid
    from idempotency_keys
    where claimed_at <= acting.as_of - interval '24 hours'
    order by claimed_at
    limit 4
    for update skip locked
  ));

  insert into idempotency_keys (account_id, key, fingerprint, claimed_at)
  values (acting.account_id, acting.idempotency_key, decode(acting.fingerprint, 'hex'), acting.as_of);
end;

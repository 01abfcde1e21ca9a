-- Revokes these API keys, every key that they issued, and the keys that those issued. The caller holds the lock
-- 'authority', so no key is being issued meanwhile. Answers with the ids of those that had not ended yet.
create or replace function revoke_keys(chosen bigint[], acting acting) returns bigint[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  ended bigint[];
begin
  with recursive
  meant as (
    select unnest(chosen) as id
    union
    select issued.id
    from meant
    join api_keys issued on issued.issued_by_key_id = meant.id
  ),
  revoked as (
    update api_keys
    set revoked_at = acting.as_of
    where id in (select id from meant)
    and revoked_at is null
    returning id, owner_id
  ),
  recorded as materialized (
    select
      id,
      record_security_event('api_key.revoked', owner_id, jsonb_build_object('api_key_id', id), acting)
    from revoked
  )
  select coalesce(array_agg(id), '{}') into ended from recorded;
  perform record_settings('api_key', id::text, acting) from unnest(ended) id;
  return ended;
end
$$;

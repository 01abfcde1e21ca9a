-- Issues an API key, which records who issued it. A key may issue only keys of its own owner that allow no more, and last
-- no longer, than itself. The caller holds the lock 'authority', so the issuing key is not being revoked meanwhile.
--
-- Answers with the id; or with the columns in which the key would go beyond its issuer; or with neither when the owner is
-- unknown or may not lend that role.
create or replace function issue_key(wanted api_keys, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  issuer api_keys;
  beyond text[] := '{}';
  issued bigint;
begin
  if acting.api_key_id is not null then
    select * into issuer from api_keys where id = acting.api_key_id;
    beyond := array_remove(array[
      case when wanted.owner_id <> issuer.owner_id then 'owner_id' end,
      case when not role_may_lend(issuer.role, wanted.role) then 'role' end,
      case when not wanted.scopes <@ issuer.scopes then 'scopes' end,
      case when coalesce(wanted.expires_at, 'infinity') > coalesce(issuer.expires_at, 'infinity') then 'expires_at' end
    ], null);
  end if;
  if beyond = '{}' then
    insert into api_keys (name, key_hash, owner_id, role, scopes, expires_at, issued_by, issued_by_key_id)
    select
      wanted.name, wanted.key_hash, owner.id, wanted.role, wanted.scopes, wanted.expires_at, acting.account_id,
      acting.api_key_id
    from accounts owner
    where owner.id = wanted.owner_id
    and owner.closed_at is null
    and role_may_lend(owner.role, wanted.role)
    returning id into issued;
  end if;
  if issued is not null then
    perform record_security_event(
      'api_key.issued',
      wanted.owner_id,
      jsonb_build_object('api_key_id', issued, 'role', wanted.role, 'scopes', wanted.scopes, 'expires_at', wanted.expires_at),
      acting
    );
    perform record_settings('api_key', issued::text, acting);
  end if;
  return jsonb_build_object('id', issued, 'beyond', beyond);
end
$$;

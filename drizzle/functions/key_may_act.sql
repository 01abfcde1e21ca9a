-- Whether a key still lets its bearer in, as its owner is now.
create or replace function key_may_act(key api_keys, owner accounts, as_of timestamptz) returns boolean
language sql
immutable
begin atomic
  select key.revoked_at is null
    and (key.expires_at is null or key.expires_at > as_of)
    and role_may_lend(owner.role, key.role);
end;

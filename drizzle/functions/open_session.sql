-- Opens a session for the account, ends the one that the browser had, and records the sign-in. Both hashes are SHA-256 of
-- a token, in hexadecimal.
create or replace function open_session(
  account bigint, new_hash text, replaced_hash text, method text, expires_at timestamptz, device text, acting acting
)
returns void
language sql
volatile
begin atomic
  select end_sessions(array(select id from sessions where token_hash = replaced_hash), 'replaced', acting);
  insert into sessions (
    account_id, token_hash, created_at, last_seen_at, expires_at, device, place, signed_in_with
  )
  values (account, new_hash, acting.as_of, acting.as_of, expires_at, device, acting.place, method);
  select record_security_event('sign_in.succeeded', account, jsonb_build_object('with', method), acting);
end;

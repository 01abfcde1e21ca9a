-- Whether somebody in this session may add, rename or remove the account's passkeys. Once there is one, the session must
-- have used one or come from a link of the clinic: whoever reads the mailbox must not add a passkey of their own.
create or replace function may_change_passkeys(session sessions) returns boolean
language sql
stable
begin atomic
  select session.signed_in_with <> 'code'
    or not exists (select from passkeys where account_id = session.account_id);
end;
--> statement-breakpoint
-- What a session still owes before its account may act: 'met' for nothing, 'confirm' for the passkey that the account has,
-- 'set_up' for one that it lacks, or has lost. A code or a link is one factor; a passkey is two by itself. Admins who have a
-- passkey need it, and so do all of the clinic's own people when the clinic says so.
create or replace function second_factor_of(account bigint, role text, signed_in_with text) returns text
language sql
stable
begin atomic
  select case
    when role = 'patient' or signed_in_with in ('passkey', 'code_and_passkey') then 'met'
    when not exists (select from passkeys where account_id = account)
      then case when (select staff_need_passkeys from clinic_settings) then 'set_up' else 'met' end
    when role = 'admin' or (select staff_need_passkeys from clinic_settings)
      then case when signed_in_with = 'link' then 'set_up' else 'confirm' end
    else 'met'
  end;
end;
--> statement-breakpoint
-- Opens a session for the account, ends the one that the browser had, and records the sign-in. Both hashes are SHA-256 of
-- a token, in hexadecimal.
create or replace function open_session(
  account bigint, new_hash text, replaced_hash text, method text, expires_at timestamptz, device text, acting acting
)
returns void
language sql
volatile
begin atomic
  delete from sessions where token_hash = replaced_hash;
  insert into sessions (
    account_id, token_hash, created_at, last_seen_at, expires_at, device, place, signed_in_with
  )
  values (account, new_hash, acting.as_of, acting.as_of, expires_at, device, acting.place, method);
  select record_security_event('sign_in.succeeded', account, jsonb_build_object('with', method), acting);
end;

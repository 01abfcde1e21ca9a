-- Closes an account for good, unless it is the last admin's. Nobody can sign in to it any more: its sessions, keys,
-- passkeys and links end, and it gives up its address, which may sign up again as a new account. The row stays, because
-- history refers to it; a patient's loses its name too. Appointments stay, unless `cancels` says otherwise; then see
-- `cancel_upcoming`.
--
-- Answers with the account, whose id is null when there is none that is open; whether it is the last admin's; the hashes
-- of the tokens and the ids of the keys that ended; what became of the appointments; and the address that it had.
create or replace function close_account(account bigint, cancels boolean, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before accounts;
  is_last_admin boolean;
  ended text[] := '{}';
  revoked bigint[] := '{}';
  cancelled jsonb := '[]';
begin
  acting := for_whole_clinic(acting);
  -- Before any row is locked: a merge may be moving the account's links.
  perform follow_patient(null);
  -- As for every change of roles or keys: an admin remains, and no key is being issued meanwhile.
  perform pg_advisory_xact_lock(hashtext('authority'));
  select * into before from accounts where id = account and closed_at is null for update;
  is_last_admin := before.role = 'admin' and not exists (
    select from accounts other where other.role = 'admin' and other.closed_at is null and other.id <> account
  );
  if before.id is not null and not is_last_admin then
    if cancels then
      cancelled := cancel_upcoming(account, acting);
    end if;
    update accounts
    set
      closed_at = acting.as_of,
      email = 'closed-' || id || '@account.invalid',
      name = case when role = 'patient' then '' else name end,
      updated_at = acting.as_of
    where id = account;
    ended := end_sessions(array(select id from sessions where account_id = account), 'account_closed', acting);
    revoked := revoke_keys(array(select id from api_keys where owner_id = account), acting);
    delete from passkeys where account_id = account;
    delete from account_links where account_id = account;
    delete from email_changes where account_id = account;
    delete from message_preferences where recipient = 'account:' || account;
    delete from sign_in_codes where email = before.email;
    perform unlink_patient(pair.patient_id, account, null, acting)
    from account_patients pair
    where pair.account_id = account;
    perform record_security_event('account.closed', account, '{}', acting);
  end if;
  return jsonb_build_object(
    'id', before.id, 'is_last_admin', coalesce(is_last_admin, false), 'ended', to_jsonb(ended),
    'revoked', to_jsonb(revoked), 'cancelled', cancelled, 'email', before.email
  );
end
$$;

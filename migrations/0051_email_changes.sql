-- Stores a request to change an account's address; it replaces the one before. Answers `sent`; `taken` when the new
-- address has an account, so that no code can confirm the request; or `too_many_codes` after five in a day of the account,
-- or for the new address. Requests for one mailbox, or of one account, take turns, so that each counts.
create or replace function ask_email_change(wanted email_changes, acting acting) returns text
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  is_taken boolean;
begin
  perform pg_advisory_xact_lock(hashtextextended('codes to ' || wanted.new_email, 0));
  perform from accounts where id = wanted.account_id for no key update;
  if 5 <= (
    select count(*) from email_changes
    where account_id = wanted.account_id
    and asked_at > acting.as_of - interval '1 day'
  ) or 5 <= (
    select count(*) from email_changes
    where new_email = wanted.new_email
    and asked_at > acting.as_of - interval '1 day'
  ) then
    return 'too_many_codes';
  end if;
  is_taken := exists (select from accounts where email = wanted.new_email);
  update email_changes
  set ended_at = acting.as_of
  where account_id = wanted.account_id
  and ended_at is null;
  insert into email_changes (account_id, new_email, session_hash, codes_hash, stop_hash, asked_at, expires_at)
  values (
    wanted.account_id, wanted.new_email, acting.session_hash, case when not is_taken then wanted.codes_hash end,
    wanted.stop_hash, acting.as_of, acting.as_of + interval '30 minutes'
  );
  perform record_security_event('email.change_asked', wanted.account_id, '{}', acting);
  return case when is_taken then 'taken' else 'sent' end;
end
$$;
--> statement-breakpoint
-- Gives an account another address, unless that has an account. All its sessions but one end, codes for the old address no
-- longer work, and the security log says so. Answers with the hashes of the tokens that ended; null when the address is
-- taken.
create or replace function change_email(
  account bigint, new_email text, kept_session text, kind text, acting acting
) returns text[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  old_email text;
begin
  select email into old_email from accounts where id = account and closed_at is null for update;
  update accounts set email = new_email, updated_at = acting.as_of where id = account;
  update email_changes set ended_at = acting.as_of where account_id = account and ended_at is null;
  update sign_in_codes set used_at = acting.as_of where email = old_email and used_at is null;
  perform record_security_event(kind, account, '{}', acting);
  return end_sessions(
    array(select id from sessions where account_id = account and token_hash is distinct from kept_session),
    'email_changed',
    acting
  );
exception
  when unique_violation then
    return null;
end
$$;
--> statement-breakpoint
-- Changes the account's address, if the codes are those that were mailed to both addresses. A request takes five attempts,
-- only in the session that asked. Answers with the verdict against it, or with both addresses and the hashes of the tokens
-- that ended.
create or replace function confirm_email_change(account bigint, codes_hashes text[], acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  asked email_changes;
  old_email text;
  ended text[];
begin
  select email into old_email from accounts where id = account for no key update;
  select * into asked
  from email_changes
  where account_id = account
  and session_hash = acting.session_hash
  and ended_at is null
  and expires_at > acting.as_of;
  if not found then
    return jsonb_build_object('verdict', 'code_expired');
  end if;
  if asked.attempts >= 5 then
    return jsonb_build_object('verdict', 'too_many_tries');
  end if;
  if asked.codes_hash is null or asked.codes_hash <> all (codes_hashes) then
    update email_changes set attempts = attempts + 1 where id = asked.id;
    return jsonb_build_object('verdict', 'wrong_code');
  end if;
  ended := change_email(account, asked.new_email, acting.session_hash, 'email.changed', acting);
  if ended is null then
    -- Someone signed up with the new address meanwhile.
    update email_changes set ended_at = acting.as_of where id = asked.id;
    return jsonb_build_object('verdict', 'code_expired');
  end if;
  return jsonb_build_object(
    'verdict', null, 'old_email', old_email, 'new_email', asked.new_email, 'ended', to_jsonb(ended)
  );
end
$$;
--> statement-breakpoint
-- Gives the account of a person who lost their mailbox another address. All its sessions end; its passkeys stay. The front
-- desk does it for patients, an admin for anyone but themselves. Answers with the account and its old address, or with the
-- verdict: `no_account`, `not_allowed` or `already_there`.
create or replace function restore_access(account bigint, new_email text, reason text, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before accounts;
  ended text[];
begin
  select * into before from accounts where id = account and closed_at is null for update;
  if before.id is null then
    return jsonb_build_object('verdict', 'no_account');
  end if;
  if before.id = acting.account_id or before.role <> 'patient' and acting.actor_kind <> 'admin' then
    return jsonb_build_object('verdict', 'not_allowed');
  end if;
  ended := change_email(account, new_email, null, 'email.restored', acting);
  if ended is null then
    return jsonb_build_object('verdict', 'already_there');
  end if;
  perform append_patient_event(pair.patient_id, 'patient.access_restored', null, null, restore_access.reason, acting)
  from account_patients pair
  where pair.account_id = account
  and pair.relation = 'self';
  return jsonb_build_object(
    'verdict', null, 'id', before.id, 'name', before.name, 'role', before.role, 'doctor_id', before.doctor_id,
    'old_email', before.email, 'ended', to_jsonb(ended)
  );
end
$$;
--> statement-breakpoint
-- Stops a change of address that was not asked by the account's owner, with the token that the old mailbox has. Whoever
-- asked was signed in, so all sessions end. Answers with the hashes of their tokens; null when there is nothing to stop.
create or replace function stop_email_change(with_hash text, acting acting) returns text[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  account bigint;
begin
  update email_changes
  set ended_at = acting.as_of
  where stop_hash = with_hash
  and ended_at is null
  and expires_at > acting.as_of
  returning account_id into account;
  if not found then
    return null;
  end if;
  perform record_security_event('email.change_stopped', account, '{}', acting);
  return end_sessions(array(select id from sessions where account_id = account), 'email_change_stopped', acting);
end
$$;

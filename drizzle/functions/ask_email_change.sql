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

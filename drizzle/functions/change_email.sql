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

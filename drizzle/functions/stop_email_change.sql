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

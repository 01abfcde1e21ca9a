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

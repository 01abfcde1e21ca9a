-- Takes the person of these records out of all accounts. The account with which they sign in is closed, and its security log
-- says no more where they were. Two sorts of account stay, with their address and name: one that also acts for somebody else,
-- and one of the clinic's own people. Answers with the accounts that were closed, the hashes of the sessions' tokens and the
-- ids of the keys that ended.
create or replace function erase_accounts(records bigint[], acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  closing constant bigint[] := array(
    select account.id
    from account_patients own
    join accounts account on account.id = own.account_id
    where own.patient_id = any (records)
    and own.relation = 'self'
    and account.role = 'patient'
    and not exists (
      select from account_patients other where other.account_id = account.id and other.patient_id <> all (records)
    )
    order by account.id
  );
  one bigint;
  closed jsonb;
  ended jsonb := '[]';
  revoked jsonb := '[]';
begin
  foreach one in array closing loop
    closed := close_account(one, false, acting);
    ended := ended || (closed -> 'ended');
    revoked := revoked || (closed -> 'revoked');
  end loop;
  update accounts set image = null where id = any (closing) and image is not null;
  update api_keys set name = 'Erased' where owner_id = any (closing);
  update security_events
  set network_hash = null, place = null, details = '{}'
  where id = any (array(select id from security_events where account_id = any (closing)));
  perform unlink_patient(patient_id, account_id, null, acting)
  from account_patients
  where patient_id = any (records);
  return jsonb_build_object('accounts', to_jsonb(closing), 'ended', ended, 'revoked', revoked);
end
$$;

-- Deletes accounts that never had a name and never accepted the terms, as many days after their first sign-in as the
-- settings say: the oldest first, `at_most` at a time. Someone who is still signed in keeps theirs, and so does everyone who
-- has ever had another role. The caller's clock may put this off, but not bring it forward. The Worker's database role may
-- not delete accounts; this function is the only way in which any go.
create or replace function forget_accounts(as_of timestamptz, at_most integer) returns integer
language sql
security definer
set enable_seqscan to off
begin atomic
  with
  past as materialized (
    select
      least(as_of, now()) as at,
      least(as_of, now()) - make_interval(days => unfinished_accounts_kept_days) as instant
    from clinic_settings
    where id
  ),
  going as materialized (
    select account.id
    from accounts account
    where account.name = ''
    and account.terms_accepted_at is null
    and account.created_at < (select instant from past)
    and account.role = 'patient'
    and not exists (select from account_patients where account_id = account.id)
    and not exists (select from api_keys where owner_id = account.id)
    and not exists (select from sessions where account_id = account.id and expires_at > (select at from past))
    and not exists (select from security_events where account_id = account.id and kind = 'role.changed')
    order by account.created_at
    limit at_most
    for update skip locked
  ),
  forgotten_codes as (
    delete from sign_in_codes
    where email = any (array(select email from accounts where id = any (array(select id from going))))
  ),
  forgotten_keys as (delete from idempotency_keys where account_id = any (array(select id from going))),
  forgotten as (delete from accounts where id = any (array(select id from going)) returning 1)
  select count(*)::integer from forgotten;
end;

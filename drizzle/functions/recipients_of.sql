-- Who is written to about a patient: their own account; without one, the accounts that act for them now; without any, the
-- patient at the address in their record. Whoever made the change for them is told too.
create or replace function recipients_of(patient bigint, by_account bigint, as_of timestamptz) returns table (
  recipient text, account_id bigint
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with linked as (
    select pair.account_id as id, pair.relation = 'self' as is_self
    from account_patients pair
    join accounts account on account.id = pair.account_id
    where pair.patient_id = patient
    and account.closed_at is null
    and link_is_in_force(pair.ends_on, as_of)
  )
  select 'account:' || linked.id, linked.id
  from linked
  where linked.is_self
  or linked.id = by_account
  or not exists (select from linked own where own.is_self)
  union all
  select 'patient:' || patient, null
  where not exists (select from linked);
end;

-- How many slots are held for the patients of an account.
create or replace function count_holds(of_account bigint, as_of timestamptz) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select count(*)
  from appointments hold
  where hold.patient_id = any (array(select patient_id from account_patients where account_id = of_account))
  and hold.start_at > as_of - interval '8 hours'
  and hold.status = 'pending'
  and not hold.awaits_approval
  and hold.hold_expires_at > as_of
);

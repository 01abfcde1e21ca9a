-- Makes what one account books, holds and registers wait for one another, so that each counts those before it. The front
-- desk does not wait. A lock on the row would also wait for whatever else changes the account.
create or replace function take_turns_by_account(acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(hashtextextended('account ' || acting.account_id, 0))
  where not acting.by_desk
  and acting.account_id is not null;
end;

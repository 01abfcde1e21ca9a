-- Gives the appointments from before there were claims theirs, the newest first and `at_most` at a time. Answers with how
-- many there were. The constraints on their own rows guard them until then. `old_appointments` says how far it has come.
create or replace function claim_old_appointments(at_most integer) returns integer
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  reached constant bigint := (select claimed_from from old_appointments for update);
  -- Locked, so that no change of one of them is missed.
  going constant bigint[] := array(
    select id from appointments where id < reached order by id desc limit at_most for no key update
  );
begin
  insert into claims
  select claim.*
  from appointments one
  cross join lateral claims_of(one) claim
  where one.id = any (going)
  on conflict (appointment_id, resource_id) do nothing;
  update old_appointments set claimed_from = coalesce(going[cardinality(going)], claimed_from);
  return cardinality(going);
end
$$;

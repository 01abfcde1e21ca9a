-- The record in force for a patient: the one that took its place, or the record itself. First waits for a merge that is
-- under way, and keeps others waiting until the caller has committed: what it writes would otherwise stay with a record
-- that has just been merged. Call it before any other lock, and into a variable: in a condition it would run for every
-- row.
create or replace function follow_patient(of_patient bigint) returns bigint
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock_shared(hashtext('merges'));

  select coalesce((select moved_to_id from patients where id = of_patient), of_patient);
end;

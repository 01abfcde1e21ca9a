-- Records that a sign-in, or a code for one, was refused. In an hour with thousands of refusals the log keeps the first
-- 2,000, and `security_counts` counts the rest, so that guessing cannot fill the database.
create or replace function log_refused_sign_in(why text, account bigint, acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select record_security_event('sign_in.refused', account, jsonb_build_object('why', why), acting)
  where count_security_event('sign_in.refused', array['logged'], 2000, acting) > 0;
end;

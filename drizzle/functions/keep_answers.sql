-- Keeps what a request is answered with under the idempotency key that it has claimed.
create or replace function keep_answers(acting acting, kept_answers jsonb) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  update idempotency_keys
  set answers = kept_answers
  where account_id = acting.account_id
  and key = acting.idempotency_key;
end;

-- Ends these sessions and records each in the security log. Answers the hashes of their tokens, by which a Worker forgets
-- them at once.
create or replace function end_sessions(ending bigint[], reason text, acting acting) returns text[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with
  locked as (
    select id
    from sessions
    where id = any (ending)
    order by id
    for update
  ),
  ended as (
    delete from sessions
    where id in (select id from locked)
    returning id, account_id, token_hash
  )
  select coalesce(array_agg(token_hash) filter (where token_hash is not null), '{}')
  from (
    select
      token_hash,
      record_security_event(
        'session.ended', account_id, jsonb_build_object('reason', reason, 'session_id', id), acting
      )
    from ended
    offset 0
  ) each;
end;

-- When the next message, or the next event in the outbox, comes due after now; and how many of both should have gone out more
-- than five minutes ago. What is tried again because a provider was down, or waits for the next day's limit, is overdue too.
create or replace function find_waiting(as_of timestamptz) returns table (next_at text, overdue integer)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select
    in_utc(least(
      (select min(ready_at) from outbox where ready_at > as_of),
      (select min(try_at) from messages where state in ('due', 'sending') and try_at > as_of)
    )),
    (
      (select count(*) from outbox where ready_at <= as_of - interval '5 minutes')
      + (
        select count(*)
        from messages
        where state in ('due', 'sending')
        and due_at <= as_of - interval '5 minutes'
      )
    )::integer;
end;

-- What should have gone out more than five minutes ago: how many messages, and events that no one has been told of; since
-- when; and how many of these wait for the next day's limit, and how many a provider has not taken.
create or replace function find_overdue(as_of timestamptz) returns table (
  overdue integer, since text, untold integer, limited integer, tried integer
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select
    (late.many + unplanned.many)::integer, in_utc(least(late.since, unplanned.since)), unplanned.many::integer,
    late.limited::integer, late.tried::integer
  from (
    select
      count(*) as many, min(due_at) as since, count(*) filter (where reason = 'daily_limit') as limited,
      count(*) filter (where attempts > 0 and reason is distinct from 'daily_limit') as tried
    from messages
    where state in ('due', 'sending')
    and due_at <= as_of - interval '5 minutes'
  ) late
  cross join (
    select count(*) as many, min(ready_at) as since
    from outbox
    where ready_at <= as_of - interval '5 minutes'
  ) unplanned;
end;

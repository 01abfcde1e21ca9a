-- Locks at most so many messages that are due, in the order in which they are to be tried. Messages that another transaction
-- has locked are left out.
--
-- Only `messages_to_try` has them in this order. As long as there are few, PostgreSQL would as soon sort all that will ever be due.
create or replace function due_messages(as_of timestamptz, at_most integer) returns setof messages
language sql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
set enable_sort to off
begin atomic
  select *
  from messages
  where state in ('due', 'sending')
  and try_at <= as_of
  order by try_at
  limit at_most
  for update skip locked;
end;

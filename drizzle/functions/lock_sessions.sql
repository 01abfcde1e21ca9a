-- Locks the session that is being changed, and those that a participant leaves and joins, in the order of their ids. Call it
-- before participants or holds are locked.
create or replace function lock_sessions(wanted appointments) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select
  from appointments session
  where session.id = any (
    array[wanted.id, wanted.session_id, (select session_id from appointments where id = wanted.id)]
  )
  and session.capacity is not null
  order by session.id
  for no key update;
end;

-- A place for someone who was thought to have missed their session; null when it is full by now, cancelled or moved.
create or replace function place_again(participant appointments) returns smallint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select free_place(session.id)
  from appointments session
  where session.id = participant.session_id
  and session.start_at = participant.start_at
  and session.end_at = participant.end_at;
end;

-- An appointment, and if it is a session, those of all who take part in it: they go where it goes.
create or replace function moved_with(one_id bigint) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
return array(
  select one_id
  union all
  select participant.id
  from appointments participant
  where participant.session_id = one_id
  and participant.status not in ('cancelled', 'noshow')
);

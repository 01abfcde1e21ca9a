-- The next three sessions of the same visit type and location that the actor could join instead.
create or replace function next_sessions(of_session bigint, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(session_details(next.id, acting.as_of) order by next.start_at, next.id), '[]')
  from (
    select other.id, other.start_at
    from appointments asked
    join appointments other on other.visit_type_id = asked.visit_type_id
    where asked.id = of_session
    and other.id <> asked.id
    and other.location_id is not distinct from asked.location_id
    and other.start_at > acting.as_of
    and other.capacity > places_taken(other.id, acting.as_of)
    and other.status = 'booked'
    and judge_joining(other, acting) is null
    order by other.start_at, other.id
    limit 3
  ) next;
end;

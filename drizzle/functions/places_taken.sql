-- How many places of a session are taken. Someone who cancelled or did not come has given theirs back. A hold that has
-- expired still has its place for as long as no instant is given: it may be booked a little late.
create or replace function places_taken(of_session bigint, as_of timestamptz default null) returns integer
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select count(*)::integer
  from appointments participant
  where participant.session_id = of_session
  and participant.status not in ('cancelled', 'noshow')
  and (as_of is null or participant.hold_expires_at is null or participant.hold_expires_at > as_of)
);

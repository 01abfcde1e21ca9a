-- The lowest free place of a session; null when it is full, cancelled or unknown. Two who ask at once would get the same, so
-- callers lock the session first (`lock_sessions`, `lock_to_begin`).
create or replace function free_place(of_session bigint) returns smallint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(seat.place)::smallint
  from appointments session
  cross join lateral generate_series(1, session.capacity) as seat (place)
  where session.id = of_session
  and session.status = 'booked'
  -- After the capacity was lowered, some may have a place above it.
  and places_taken(session.id) < session.capacity
  and not exists (
    select from appointments participant
    where participant.session_id = session.id
    and participant.status not in ('cancelled', 'noshow')
    and participant.place = seat.place
  );
end;

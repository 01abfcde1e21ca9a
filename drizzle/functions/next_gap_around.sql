-- The first whole minute inside the window at which an appointment like this one fits into the free time of its doctor, at its
-- location or any of theirs, and outside what is blocked; null when there is none.
create or replace function next_gap_around(
  wanted appointments, blocked tstzmultirange, within tstzrange, as_of timestamptz
) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(gap.start_at)
  from doctor_locations work
  cross join lateral free_time(
    work.doctor_id, work.location_id, within, wanted.buffer_before_minutes * interval '1 minute',
    wanted.buffer_after_minutes * interval '1 minute', as_of, wanted.id
  ) free
  cross join lateral unnest(free.during - blocked) as piece
  cross join lateral (
    select date_trunc('minute', lower(piece) + interval '59.999999 seconds') as start_at
  ) gap
  where work.doctor_id = wanted.doctor_id
  and (wanted.location_id is null or work.location_id = wanted.location_id)
  and upper(piece) - gap.start_at >= wanted.end_at - wanted.start_at;
end;

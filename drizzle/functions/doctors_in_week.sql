-- Of each doctor at these locations: the minutes of their hours in a week, without time off and closures, and how many of
-- these their appointments took. What was cancelled took none; what was missed did.
create or replace function doctors_in_week(monday date, place_ids bigint[], of_doctor bigint) returns table (
  doctor_id bigint, open_minutes integer, taken_minutes integer
)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select pair.doctor_id, sum(minutes_in(open.during))::integer, sum(minutes_in(open.during * taken.during))::integer
  from (
    select work.doctor_id, location.id as location_id, tstzrange(
      monday::timestamp at time zone location.time_zone, (monday + 7)::timestamp at time zone location.time_zone
    ) as during
    from doctor_locations work
    join locations location on location.id = work.location_id
    where location.id = any (place_ids)
    and (of_doctor is null or work.doctor_id = of_doctor)
  ) pair
  cross join lateral open_time(pair.doctor_id, pair.location_id, pair.during) open
  cross join lateral (
    select coalesce(range_agg(tstzrange(one.start_at, one.end_at)), '{}') as during
    from appointments one
    where one.doctor_id = pair.doctor_id
    -- No appointment is longer than eight hours.
    and one.start_at > lower(pair.during) - interval '8 hours'
    and one.start_at < upper(pair.during)
    and one.location_id = pair.location_id
    and one.session_id is null
    and one.status in ('booked', 'arrived', 'fulfilled', 'noshow')
  ) taken
  group by pair.doctor_id;
end;

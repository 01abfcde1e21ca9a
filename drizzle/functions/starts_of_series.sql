-- When the appointments of a series start, in the order of time; no row for an unknown doctor. All start at the time of the
-- first on the wall clock, unless the request changes one, so that a clock change keeps the local time.
create or replace function starts_of_series(wanted appointments, request series_request) returns table (
  date date, start_at timestamptz, time_zone text
)
language sql
stable
rows 12
set plan_cache_mode to force_generic_plan
begin atomic
  select planned.date, coalesce(
    instant_at(request.changes ->> to_char(planned.date, 'YYYY-MM-DD'), location.time_zone),
    -- A client that writes an instant may mean the earlier of two equal times in autumn.
    case when planned.date = clock.first_local::date then clock.first_at end,
    instant_at(to_char(planned.date + clock.first_local::time, 'YYYY-MM-DD"T"HH24:MI'), location.time_zone)
  ) as start_at, location.time_zone
  from doctors doctor
  join locations location on location.id = doctor.location_id
  cross join lateral (
    select
      first_at,
      -- What was written as a wall clock stays as written: the first may be inside a spring gap.
      case when request.starts like '%Z' then first_at at time zone location.time_zone else request.starts::timestamp end
        as first_local
    from (select instant_at(request.starts, location.time_zone) as first_at) read
  ) clock
  cross join lateral dates_of_series(clock.first_local::date, request) planned (date)
  where doctor.id = wanted.doctor_id
  and planned.date <> all (coalesce(request.skip, '{}'))
  order by start_at, planned.date;
end;

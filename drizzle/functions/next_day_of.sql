-- The first date after this one, within ten weeks, on which a doctor works or has an appointment; null if there is none.
create or replace function next_day_of(of_doctor bigint, after date, time_zone text, as_of timestamptz) returns date
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with coming as (
    select tstzrange(
      (after + 1)::timestamp at time zone time_zone, (after + 71)::timestamp at time zone time_zone
    ) as during
  )
  select (least(
    (
      select min(lower(open.during))
      from coming
      join doctor_locations work on work.doctor_id = of_doctor
      cross join lateral open_time(of_doctor, work.location_id, coming.during) open
      where not isempty(open.during)
    ),
    (
      select min(own.start_at)
      from coming
      join appointments own on own.doctor_id = of_doctor
      where own.start_at >= lower(coming.during)
      and own.start_at < upper(coming.during)
      and own.status = 'booked'
    )
  ) at time zone time_zone)::date;
end;

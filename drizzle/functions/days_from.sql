-- Local days in a row: when each begins and ends and, when clocks change on it, from which instant on they show how much
-- more. A midnight that a gap skips is read as in `open_time`, so a day may begin at one o'clock.
create or replace function days_from(first_on date, days integer, time_zone text) returns table (
  day date, begins_at timestamptz, ends_at timestamptz, changes_at timestamptz, shift interval
)
language sql
stable
begin atomic
  select clock.day, clock.begins_at, clock.ends_at, change.at, change.shift
  from generate_series(0, days - 1) number
  cross join lateral (
    select
      first_on + number as day,
      (first_on + number)::timestamp at time zone time_zone as begins_at,
      (first_on + number + 1)::timestamp at time zone time_zone as ends_at
    offset 0
  ) clock
  left join lateral (
    select quarter.at, shown.ahead - (quarter.at - clock.begins_at) as shift
    from generate_series(clock.begins_at, clock.ends_at, interval '15 minutes') quarter (at)
    cross join lateral (
      select (quarter.at at time zone time_zone) - (clock.begins_at at time zone time_zone) as ahead
    ) shown
    where clock.ends_at - clock.begins_at <> interval '24 hours'
    and quarter.at < clock.ends_at
    and shown.ahead <> quarter.at - clock.begins_at
    order by quarter.at
    limit 1
  ) change on true;
end;

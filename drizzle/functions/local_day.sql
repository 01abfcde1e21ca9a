-- The local day of an instant, from midnight to midnight. Where midnight comes twice, the day begins with the later one.
create or replace function local_day(of_instant timestamptz, time_zone text) returns tstzrange
language sql
stable
begin atomic
  select tstzrange(date::timestamp at time zone time_zone, (date + 1)::timestamp at time zone time_zone)
  from (select (of_instant at time zone time_zone)::date as date_read) clock
  cross join lateral (
    select date_read - (of_instant < date_read::timestamp at time zone time_zone)::int as date
  ) day;
end;

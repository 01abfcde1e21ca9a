-- The dates on which a rule repeats, from the first date on; at most 53, because a series of more than 52 is refused. Weeks
-- begin on Monday. The first date counts only when the rule falls on it.
create or replace function dates_of_series(first_date date, request series_request) returns setof date
language sql
immutable
rows 12
set plan_cache_mode to force_generic_plan
begin atomic
  select date
  from (
    select first_date + n * request.every as date
    from generate_series(0, 52) n
    where request.unit = 'day'
    union
    select first_date - extract(isodow from first_date)::integer + 7 * n * request.every + weekday
    from generate_series(0, 53) n
    cross join unnest(coalesce(request.weekdays, array[extract(isodow from first_date)::integer])) weekday
    where request.unit = 'week'
  ) repeated
  where date >= first_date
  and (request.until is null or date <= request.until)
  order by date
  limit least(request.count, 53);
end;

-- `open_time` as if the rules named in `left_out` did not exist: `time_off`, `closures`.
--
-- The search leaves out nothing, and `explain_free_time` one rule after the other: both go through the same functions, which end
-- in `_without`. On a constant null, PostgreSQL drops their extra conditions while it plans.
--
-- The hours are put on the location's clock date by date. A time inside a spring gap moves forward (02:30 is 03:30), a
-- time that comes twice in autumn is the later one, and a range that would then end before it starts is left out.
--
-- These functions return rows instead of one value, so that PostgreSQL plans them as part of the calling query.
-- `offset 0` makes it compute a part once and not again wherever the part is named.
create or replace function open_time_without(
  of_doctor bigint, at_location bigint, within tstzrange, left_out text[]
) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select (hours.during - away.during) * tstzmultirange(within)
  from (
    select
      -- Where hours without a location apply: those of the previous release.
      doctor.location_id as first_location_id,
      location.time_zone,
      -- The evening before, too: a gap around midnight pushes its end into this date.
      (lower(within) at time zone location.time_zone)::date - 1 as first_date,
      (upper(within) at time zone location.time_zone)::date as last_date
    from doctors doctor
    join locations location on location.id = at_location
    where doctor.id = of_doctor
    and doctor.is_active
    and location.is_active
    offset 0
  ) clock
  cross join lateral (
    select coalesce(range_agg(tstzrange(opens_at, closes_at)), '{}') as during
    from (
      select
        (clock.first_date + day + hours.opens_at) at time zone clock.time_zone as opens_at,
        (clock.first_date + day + hours.closes_at) at time zone clock.time_zone as closes_at
      from generate_series(0, clock.last_date - clock.first_date) as day
      join weekly_hours hours
        on hours.doctor_id = of_doctor
        and coalesce(hours.location_id, clock.first_location_id) = at_location
        and hours.weekday = extract(isodow from clock.first_date + day)
        and clock.first_date + day >= coalesce(hours.starts_on, '-infinity')
        and clock.first_date + day <= coalesce(hours.ends_on, 'infinity')
    ) opening
    where opens_at < closes_at
  ) hours
  cross join lateral (
    select coalesce(range_agg(tstzrange(leaves_at, returns_at)), '{}') as during
    from (
      select starts_at at time zone clock.time_zone as leaves_at, ends_at at time zone clock.time_zone as returns_at
      from time_off
      where doctor_id = of_doctor
      and (location_id is null or location_id = at_location)
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
      and (left_out is null or 'time_off' <> all (left_out))
      union all
      select starts_at at time zone clock.time_zone, ends_at at time zone clock.time_zone
      from closures
      where location_id = at_location
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
      and (left_out is null or 'closures' <> all (left_out))
    ) absence
    where leaves_at < returns_at
  ) away
  offset 0;
end;

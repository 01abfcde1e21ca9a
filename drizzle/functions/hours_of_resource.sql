-- The weekly hours of a room or device inside the window, or all of it when there are none. Clock times are read as in
-- `open_time`.
create or replace function hours_of_resource(of_resource bigint, within tstzrange) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select case
    when exists (select from resource_hours where resource_id = of_resource) then (
      select coalesce(range_agg(tstzrange(opens_at, closes_at)), '{}')
      from (
        select
          (clock.first_date + day + hours.opens_at) at time zone clock.time_zone as opens_at,
          (clock.first_date + day + hours.closes_at) at time zone clock.time_zone as closes_at
        from (
          select
            location.time_zone,
            -- The evening before, too: a gap around midnight pushes its end into this date.
            (lower(within) at time zone location.time_zone)::date - 1 as first_date,
            (upper(within) at time zone location.time_zone)::date as last_date
          from resources resource
          join locations location on location.id = resource.location_id
          where resource.id = of_resource
          offset 0
        ) clock
        cross join generate_series(0, clock.last_date - clock.first_date) as day
        join resource_hours hours
          on hours.resource_id = of_resource
          and hours.weekday = extract(isodow from clock.first_date + day)
      ) opening
      where opens_at < closes_at
    )
    else '{(,)}'
  end * tstzmultirange(within)
  offset 0;
end;

-- `open_time_of_resource` as if the rules named in `left_out` did not exist: `closures`.
create or replace function open_time_of_resource_without(
  of_resource bigint, within tstzrange, left_out text[]
) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select (hours.during - away.during) * tstzmultirange(within)
  from (
    select
      resource.location_id,
      location.time_zone,
      (lower(within) at time zone location.time_zone)::date - 1 as first_date,
      (upper(within) at time zone location.time_zone)::date as last_date
    from resources resource
    join locations location on location.id = resource.location_id
    where resource.id = of_resource
    and resource.is_active
    and location.is_active
    offset 0
  ) clock
  cross join lateral hours_of_resource(of_resource, within) hours
  cross join lateral (
    select coalesce(range_agg(tstzrange(leaves_at, returns_at)), '{}') as during
    from (
      select starts_at at time zone clock.time_zone as leaves_at, ends_at at time zone clock.time_zone as returns_at
      from resource_absences
      where resource_id = of_resource
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
      union all
      select starts_at at time zone clock.time_zone, ends_at at time zone clock.time_zone
      from closures
      where location_id = clock.location_id
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
      and (left_out is null or 'closures' <> all (left_out))
    ) absence
    where leaves_at < returns_at
  ) away
  offset 0;
end;

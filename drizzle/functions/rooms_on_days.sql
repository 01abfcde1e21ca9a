-- The rooms of a location with their time on these days, as minutes since 1970: when they can be used, why they cannot, and
-- when they are free from now on.
create or replace function rooms_on_days(at_location bigint, within tstzrange, as_of timestamptz) returns json
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(json_agg(json_build_object(
    'id', room.id, 'name', room.name, 'kind', room.kind,
    'open', ranges_in_minutes(open.during),
    'off', (
      select coalesce(json_agg(json_build_object(
        'id', absence.id, 'name', absence.reason,
        'start', epoch_minutes(absence.starts_at at time zone location.time_zone),
        'end', epoch_minutes(absence.ends_at at time zone location.time_zone), 'returns_on', absence.ends_at::date
      ) order by absence.starts_at), '[]')
      from resource_absences absence
      where absence.resource_id = room.id
      and absence.ends_at at time zone location.time_zone > lower(within)
      and absence.starts_at at time zone location.time_zone < upper(within)
    ),
    'free', ranges_in_minutes((open.during - taken.during) * tstzmultirange(
      tstzrange(greatest(lower(within), as_of), greatest(upper(within), as_of))
    ))
  ) order by room.sort_order, room.id), '[]')
  from resources room
  join locations location on location.id = room.location_id
  cross join lateral open_time_of_resource(room.id, within) open
  cross join lateral (
    select coalesce(range_agg(claim.during), '{}') as during
    from claims claim
    where claim.resource_id = room.id
    and claim.during && within
    and (claim.expires_at is null or claim.expires_at > as_of)
  ) taken
  where room.location_id = at_location
  and room.type = 'room'
  and room.is_active;
end;

-- The doctors at a location with their time on these days, as minutes since 1970: their weekly hours, what is taken out of
-- them, and what is free from now on, for an appointment without buffers. Whoever has nothing free has `next_free`.
-- `also` are doctors who do not work there any more, but have appointments.
create or replace function doctors_on_days(
  at_location bigint, within tstzrange, of_doctor bigint, also bigint[], as_of timestamptz
) returns json
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(json_agg(json_build_object(
    'id', doctor.id, 'name', doctor.name, 'specialty', doctor.specialty, 'grid_minutes', doctor.grid_minutes,
    'is_active', doctor.is_active,
    'hours', ranges_in_minutes(hours.during),
    'off', (
      select coalesce(json_agg(json_build_object(
        'id', off.id, 'kind', off.kind, 'name', case when off.kind <> 'away' then off.reason end,
        'start', epoch_minutes(clock.leaves_at), 'end', epoch_minutes(clock.returns_at),
        'returns_on', off.ends_at::date
      ) order by off.starts_at, off.id), '[]')
      from time_off off
      cross join lateral (
        select
          off.starts_at at time zone location.time_zone as leaves_at,
          off.ends_at at time zone location.time_zone as returns_at
      ) clock
      where off.doctor_id = doctor.id
      and (off.location_id is null or off.location_id = at_location)
      and clock.returns_at > lower(within)
      and clock.leaves_at < upper(within)
    ),
    'free', ranges_in_minutes(free.during),
    'next_free', case when isempty(free.during) then (
      select to_char(next.at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI')
      from next_free_of(doctor.id, at_location, greatest(upper(within), as_of), as_of) next (at)
    ) end
  ) order by doctor.name, doctor.id), '[]')
  from doctors doctor
  join locations location on location.id = at_location
  cross join lateral hours_of_doctor(doctor.id, at_location, within) hours
  cross join lateral (
    select coalesce((
      select free.during
      from free_time(
        doctor.id, at_location, tstzrange(greatest(lower(within), as_of), upper(within)), interval '0', interval '0', as_of,
        null
      ) free
      where upper(within) > as_of
    ), '{}') as during
    offset 0
  ) free
  where doctor.id = any (array(
    select work.doctor_id from doctor_locations work where work.location_id = at_location
    union
    select unnest(also)
  ))
  and (doctor.is_active or doctor.id = any (also))
  and (of_doctor is null or doctor.id = of_doctor);
end;

-- The locations that have to go with these into another time zone, each with the doctors who work there and at another one of
-- them: all locations of a doctor have one time zone.
create or replace function others_on_one_clock(of_locations bigint[], new_zone text) returns jsonb
language sql
stable
begin atomic
  with place as materialized (
    select location.id, location.name, location.time_zone
    from locations_on_one_clock(of_locations) one
    join locations location on location.id = one.id
    where location.time_zone <> new_zone
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', place.id, 'name', place.name, 'time_zone', place.time_zone,
    'doctors', (
      select jsonb_agg(jsonb_build_object('id', doctor.id, 'name', doctor.name) order by doctor.name, doctor.id)
      from doctor_locations work
      join doctors doctor on doctor.id = work.doctor_id
      where work.location_id = place.id
      and exists (
        select from doctor_locations other
        join place elsewhere on elsewhere.id = other.location_id
        where other.doctor_id = doctor.id
        and other.location_id <> place.id
      )
    )
  ) order by place.name, place.id), '[]')
  from place
  where place.id <> all (of_locations);
end;

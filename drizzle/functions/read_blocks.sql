-- What the page about absences shows: who and what can be absent at a location, and what is entered from a local date on for a
-- week, each with the appointments that are in its way. A doctor's extra hours, which are the weekly hours of one date, are listed
-- with the appointments in them. Doctors see only themselves. Null when the person does not work there.
create or replace function read_blocks(at_location bigint, from_on date, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  seen as materialized (
    select staff.* from places_of_staff(acting) staff
  ),
  place as materialized (
    select seen.*, coalesce(from_on, (acting.as_of at time zone seen.time_zone)::date) as date
    from seen
    where seen.id = coalesce(at_location, seen.id)
    order by seen.id
    limit 1
  ),
  doctor as materialized (
    select one.id, one.name, one.location_id as first_location_id, exists (
      select from doctor_locations other
      where other.doctor_id = one.id
      and other.location_id <> place.id
    ) as works_elsewhere
    from place
    join doctor_locations work on work.location_id = place.id
    join doctors one on one.id = work.doctor_id
    where one.is_active
    and (acting.by_desk or one.id = acting.doctor_id)
  ),
  thing as materialized (
    select one.id, one.name
    from place
    join resources one on one.location_id = place.id
    where one.is_active
    and acting.by_desk
  ),
  entered as (
    select 'doctor' as absentee, off.id, off.doctor_id as of_id, doctor.name as of_name, off.kind, off.reason,
      off.starts_at, off.ends_at, off.location_id is null as everywhere
    from place
    cross join doctor
    join time_off off on off.doctor_id = doctor.id
    where (off.location_id is null or off.location_id = place.id)
    and off.ends_at > place.date
    and off.starts_at < place.date + 7
    union all
    select 'doctor', hours.id, doctor.id, doctor.name, 'hours', null,
      hours.starts_on + hours.opens_at, hours.starts_on + hours.closes_at, false
    from place
    cross join doctor
    join weekly_hours hours on hours.doctor_id = doctor.id
    where coalesce(hours.location_id, doctor.first_location_id) = place.id
    and hours.starts_on = hours.ends_on
    and hours.weekday = extract(isodow from hours.starts_on)
    and hours.starts_on between place.date and place.date + 6
    union all
    select 'resource', absence.id, thing.id, thing.name, 'out_of_order', absence.reason,
      absence.starts_at, absence.ends_at, false
    from place
    cross join thing
    join resource_absences absence on absence.resource_id = thing.id
    where absence.ends_at > place.date
    and absence.starts_at < place.date + 7
    union all
    select 'location', closure.id, place.id, place.name, 'closed', closure.reason,
      closure.starts_at, closure.ends_at, false
    from place
    join closures closure on closure.location_id = place.id
    where acting.by_desk
    and closure.ends_at > place.date
    and closure.starts_at < place.date + 7
  )
  select jsonb_build_object(
    'location', jsonb_build_object('id', place.id, 'name', place.name),
    'locations', (select jsonb_agg(jsonb_build_object('id', seen.id, 'name', seen.name) order by seen.name) from seen),
    'date', place.date,
    'doctors', (
      select coalesce(jsonb_agg(to_jsonb(doctor) - 'first_location_id' order by doctor.name, doctor.id), '[]') from doctor
    ),
    'resources', (select coalesce(jsonb_agg(to_jsonb(thing) order by thing.name, thing.id), '[]') from thing),
    'blocks', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'absentee', entered.absentee, 'id', entered.id, 'of_id', entered.of_id, 'of_name', entered.of_name,
        'kind', entered.kind, 'reason', entered.reason, 'everywhere', entered.everywhere,
        'start_local', to_char(entered.starts_at, 'YYYY-MM-DD"T"HH24:MI'),
        'end_local', to_char(entered.ends_at, 'YYYY-MM-DD"T"HH24:MI'),
        'appointments', appointments_in_way(
          entered.absentee, entered.of_id, place.id, entered.everywhere, entered.starts_at, entered.ends_at, acting.as_of
        )
      ) order by entered.starts_at, entered.of_name, entered.id), '[]')
      from entered
    )
  )
  from place;
end;

-- What a walk-in can be given at a location, or else at the person's first: its visit types, without groups, and its doctors.
create or replace function walk_in_choices(at_location bigint, acting acting)
returns table (location jsonb, locations jsonb, visit_types jsonb, doctors jsonb)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  seen as materialized (
    select place.id, place.name
    from places_of_staff(acting) place
  ),
  here as materialized (
    select *
    from seen
    where seen.id = coalesce(at_location, seen.id)
    order by seen.id
    limit 1
  ),
  doctor as materialized (
    select one.id, one.name
    from here
    join doctor_locations work on work.location_id = here.id
    join doctors one on one.id = work.doctor_id
    where one.is_active
  )
  select
    (select to_jsonb(here) from here),
    (select coalesce(jsonb_agg(to_jsonb(seen) order by seen.name, seen.id), '[]') from seen),
    (
      select coalesce(jsonb_agg(
        jsonb_build_object('id', visit.id, 'name', visit.name, 'minutes', visit.minutes) order by visit.name
      ), '[]')
      from visit_types visit
      where visit.is_active
      and visit.capacity is null
      and exists (
        select
        from doctor_visit_types offer
        join doctor on doctor.id = offer.doctor_id
        where offer.visit_type_id = visit.id
      )
    ),
    (select coalesce(jsonb_agg(to_jsonb(doctor) order by doctor.name, doctor.id), '[]') from doctor);
end;

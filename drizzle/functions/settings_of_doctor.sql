-- A doctor with their locations, weekly hours and visit types, for their history; null when there is no such doctor.
create or replace function settings_of_doctor(of_doctor bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select to_jsonb(one) - array['id', 'location_id'] || jsonb_build_object(
    'location_ids', (
      select coalesce(jsonb_agg(location_id order by location_id <> one.location_id, location_id), '[]')
      from doctor_locations
      where doctor_id = one.id
    ),
    'weekly_hours', (
      select coalesce(jsonb_agg(
        to_jsonb(hours) - array['id', 'doctor_id']
        order by weekday, opens_at, location_id, starts_on, id
      ), '[]')
      from weekly_hours hours
      where doctor_id = one.id
    ),
    'visit_type_ids', (
      select coalesce(jsonb_agg(visit_type_id order by visit_type_id), '[]')
      from doctor_visit_types
      where doctor_id = one.id
    )
  )
  from doctors one
  where one.id = of_doctor
);

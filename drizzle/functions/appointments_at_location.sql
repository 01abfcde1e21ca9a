-- The appointments at a location at any of this time that still stand. Used when it is closed.
create or replace function appointments_at_location(of_location bigint, within tstzrange, as_of timestamptz)
returns setof appointments
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.*
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  where one.start_at > lower(within) - interval '8 hours'
  and one.start_at < coalesce(upper(within), 'infinity')
  and coalesce(one.location_id, doctor.location_id) = of_location
  and tstzrange(one.start_at, one.end_at) && within
  and still_stands(one, as_of);
end;

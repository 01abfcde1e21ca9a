-- The appointments that would be in the way of an absence: of a doctor, of a room or device, or of everyone at the location
-- (`doctor`, `resource`, `location`), in local times, with what the front desk needs to call the patients. A doctor's elsewhere
-- count only when they are away everywhere.
create or replace function appointments_in_way(
  absentee text, of_id bigint, at_location bigint, everywhere boolean, starts_at timestamp, ends_at timestamp,
  as_of timestamptz
) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', one.id,
    'start_local', to_char(one.start_at at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'patient_id', patient.id, 'patient', patient.name, 'phone', patient.phone, 'doctor', doctor.name,
    'visit_type', visit.name
  ) order by one.start_at, one.id), '[]')
  from locations place
  cross join lateral (
    select tstzrange(
      starts_at at time zone place.time_zone,
      greatest(starts_at at time zone place.time_zone, ends_at at time zone place.time_zone)
    ) as during
  ) asked
  cross join lateral (
    select mine.*
    from appointments_of_doctor(case when absentee = 'doctor' then of_id end, asked.during, as_of) mine
    where everywhere
    or mine.location_id is null
    or mine.location_id = at_location
    union all
    select ours.*
    from appointments_at_location(case when absentee = 'location' then of_id end, asked.during, as_of) ours
    union all
    select its.*
    from appointments_of_resource(case when absentee = 'resource' then of_id end, asked.during, as_of) its
  ) one
  join doctors doctor on doctor.id = one.doctor_id
  left join patients patient on patient.id = one.patient_id
  left join visit_types visit on visit.id = one.visit_type_id
  where place.id = at_location
  and one.end_at > as_of;
end;

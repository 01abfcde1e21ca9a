-- The list to work through at a location, or at the person's first: the first so many appointments that lie in time that is no longer
-- open, each with whom to call, what is in its way and the three nearest free times; how many there are; and those of which it
-- was said that they stay as they are. Null when the person does not work there.
create or replace function read_stranded(at_location bigint, at_most integer, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  seen as materialized (
    select staff.* from places_of_staff(acting) staff
  ),
  place as materialized (
    select seen.*
    from seen
    where seen.id = coalesce(at_location, seen.id)
    order by seen.id
    limit 1
  ),
  stranded as materialized (
    select found.*
    from place
    cross join lateral stranded_appointments(place.id, acting.as_of) found
  ),
  shown as materialized (
    (select * from stranded where not stays order by start_at, id limit at_most)
    union all
    (select * from stranded where stays order by start_at, id limit at_most)
  ),
  described as (
    select shown.stays, shown.start_at, one.id, jsonb_build_object(
      'id', one.id, 'version', one.event_count, 'stays', shown.stays, 'why', shown.why,
      'start_local', to_char(one.start_at at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
      'patient_id', patient.id, 'patient', patient.name, 'phone', patient.phone,
      'email', patient.contact_email, 'languages', to_jsonb(patient.languages),
      'doctor', doctor.name, 'visit_type', visit.name, 'override_reason', one.override_reason,
      'is_session', one.capacity is not null,
      'times', case when shown.stays or one.session_id is not null or one.capacity is not null then '[]' else (
        select coalesce(jsonb_agg(jsonb_build_object(
          'doctor_id', near.doctor_id, 'doctor', near.doctor, 'is_other', near.doctor_id <> one.doctor_id,
          'start_local', near.start_local
        )), '[]')
        from (
          select nearest.*
          from nearest_for_desk(
            one.doctor_id, place.id, to_char(one.start_at at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
            one.visit_type_id, (extract(epoch from one.end_at - one.start_at) / 60)::integer, one.patient_id,
            acting.as_of, one.id
          ) nearest
          limit 3
        ) near
      ) end
    ) as entry
    from place
    cross join shown
    join appointments one on one.id = shown.id
    join doctors doctor on doctor.id = one.doctor_id
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
  )
  select jsonb_build_object(
    'location', jsonb_build_object('id', place.id, 'name', place.name),
    'locations', (select jsonb_agg(jsonb_build_object('id', seen.id, 'name', seen.name) order by seen.name) from seen),
    'count', (select count(*) from stranded where not stays),
    'entries', (
      select coalesce(jsonb_agg(entry order by start_at, id) filter (where not stays), '[]') from described
    ),
    'kept', (select coalesce(jsonb_agg(entry order by start_at, id) filter (where stays), '[]') from described)
  )
  from place
  where acting.by_desk;
end;

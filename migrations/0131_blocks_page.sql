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
--> statement-breakpoint
-- Where and when one entry of a doctor's time off is: one of their locations and the local date on which it begins. Nothing when
-- there is none, or it is none of the person's business.
create or replace function find_block(of_time_off bigint, acting acting)
returns table (location_id bigint, starts_on date)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select seen.id, off.starts_at::date
  from time_off off
  join doctor_locations work on work.doctor_id = off.doctor_id
  join places_of_staff(acting) seen on seen.id = work.location_id
  where off.id = of_time_off
  and (off.location_id is null or off.location_id = seen.id)
  and (acting.by_desk or off.doctor_id = acting.doctor_id)
  order by seen.id
  limit 1;
end;
--> statement-breakpoint
-- Notes that an appointment stays as it is although something is in its way, or takes that back. Answers with its location, and
-- whether that changed anything; with nothing when it is not on the person's list.
create or replace function keep_stranded(of_appointment bigint, keeps boolean, acting acting)
returns table (location_id bigint, is_changed boolean)
language sql
volatile
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  found as materialized (
    select seen.id as location_id, one.start_at, what_strands(one) as why
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join places_of_staff(acting) seen on seen.id = coalesce(one.location_id, doctor.location_id)
    where one.id = of_appointment
  ),
  changed as (
    update strandings noted
    set
      stays_why = case when keeps then found.why end,
      stays_start_at = case when keeps then found.start_at end,
      stays_by = case when keeps then acting.account_id end,
      stays_at = case when keeps then acting.as_of end
    from found
    where noted.appointment_id = of_appointment
    and (noted.stays_why, noted.stays_start_at) is distinct from (
      case when keeps then found.why end, case when keeps then found.start_at end
    )
    returning noted.appointment_id
  )
  select found.location_id, exists (select from changed)
  from found
  where exists (select from strandings noted where noted.appointment_id = of_appointment);
end;
--> statement-breakpoint
-- What the page about absences shows: who and what can be absent at a location, and what is entered from a local date on for a
-- week, each with the appointments that are in its way. Doctors see only themselves. Null when the person does not work there.
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
    select one.id, one.name, exists (
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
    'doctors', (select coalesce(jsonb_agg(to_jsonb(doctor) order by doctor.name, doctor.id), '[]') from doctor),
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
--> statement-breakpoint
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

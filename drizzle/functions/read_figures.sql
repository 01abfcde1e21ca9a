-- The figures of the week around a date, this week's without one, at the locations that the person may see or at one of
-- them; null when they may not see it. docs/figures.md says what each counts. Doctors see their own alone, unless the clinic
-- lets them see one another.
create or replace function read_figures(at_date date, at_location bigint, of_doctor bigint, acting acting) returns jsonb
language plpgsql
stable
set plan_cache_mode to force_generic_plan
as $$
declare
  places jsonb;
  place_ids bigint[];
  is_alone boolean;
  today date;
  monday date;
  doctors jsonb;
  answer jsonb;
begin
  select jsonb_agg(jsonb_build_object('id', seen.id, 'name', seen.name) order by seen.name, seen.id),
    array_agg(seen.id) filter (where at_location is null or seen.id = at_location),
    (acting.as_of at time zone (array_agg(seen.time_zone order by seen.id))[1])::date
  into places, place_ids, today
  from places_of_staff(acting) seen;
  if place_ids is null then
    return null;
  end if;
  is_alone := acting.actor_kind = 'doctor' and not (select doctors_see_one_another from clinic_settings where id);
  if is_alone then
    of_doctor := acting.doctor_id;
  end if;
  monday := coalesce(at_date, today);
  monday := monday - (extract(isodow from monday)::integer - 1);
  select coalesce(jsonb_agg(jsonb_build_object('id', doctor.id, 'name', doctor.name) order by doctor.name, doctor.id), '[]')
  into doctors
  from doctors doctor
  where doctor.is_active
  and (not is_alone or doctor.id = acting.doctor_id)
  and exists (
    select from doctor_locations work where work.doctor_id = doctor.id and work.location_id = any (place_ids)
  );
  with
  agreed as materialized (
    select one.* from agreed_in_week(monday, place_ids, of_doctor) one
  ),
  visits as (
    select * from agreed where capacity is null
  )
  select jsonb_build_object(
    'monday', monday, 'today', today, 'locations', places, 'doctors', doctors,
    'totals', (
      select counts_of(array_agg(status)) || jsonb_build_object(
        'lead', median_minutes(array_agg(lead)), 'waiting', median_minutes(array_agg(waiting)),
        'with_doctor', median_minutes(array_agg(with_doctor))
      )
      from visits
    ),
    'days', (
      select jsonb_agg(
        (select counts_of(array_agg(status)) from visits where visits.day = monday + number)
          || jsonb_build_object('date', monday + number)
        order by number
      )
      from generate_series(0, 6) number
    ),
    'by_doctor', (
      select coalesce(jsonb_agg(
        own.counts || jsonb_build_object(
          'id', doctor.id, 'name', doctor.name, 'open_minutes', coalesce(hours.open_minutes, 0),
          'taken_minutes', coalesce(hours.taken_minutes, 0)
        )
        order by doctor.name, doctor.id
      ), '[]')
      from doctors doctor
      left join doctors_in_week(monday, place_ids, of_doctor) hours on hours.doctor_id = doctor.id
      cross join lateral (
        select counts_of(array_agg(status)) || jsonb_build_object(
          'lead', median_minutes(array_agg(lead)), 'waiting', median_minutes(array_agg(waiting)),
          'with_doctor', median_minutes(array_agg(with_doctor))
        ) as counts
        from visits
        where visits.doctor_id = doctor.id
      ) own
      where hours.open_minutes > 0
      or doctor.id = any (array(select agreed.doctor_id from agreed))
    ),
    'by_room', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', room.id, 'name', room.name, 'location', location.name, 'open_minutes', used.open_minutes,
        'taken_minutes', used.taken_minutes
      ) order by location.name, location.id, room.sort_order, room.id), '[]')
      from rooms_in_week(monday, place_ids, of_doctor) used
      join resources room on room.id = used.resource_id
      join locations location on location.id = room.location_id
    ),
    'by_visit_type', (
      select coalesce(jsonb_agg(
        counts_of(kind.statuses) || jsonb_build_object('id', visit.id, 'name', visit.name, 'taken_minutes', kind.minutes)
        order by visit.name, visit.id
      ), '[]')
      from (
        select
          visit_type_id,
          array_agg(status) filter (where capacity is null) as statuses,
          coalesce(sum(extract(epoch from end_at - start_at) / 60) filter (
            where session_id is null and status <> 'cancelled'
          ), 0)::integer as minutes
        from agreed
        group by visit_type_id
      ) kind
      left join visit_types visit on visit.id = kind.visit_type_id
    ),
    'lead_days', (
      select jsonb_build_array(
        count(*) filter (where days < 1), count(*) filter (where days >= 1 and days < 3),
        count(*) filter (where days >= 3 and days < 8), count(*) filter (where days >= 8 and days < 15),
        count(*) filter (where days >= 15 and days < 31), count(*) filter (where days >= 31)
      )
      from (select extract(epoch from lead) / 86400 as days from visits where lead is not null) each
    )
  )
  into answer;
  return answer;
end
$$;

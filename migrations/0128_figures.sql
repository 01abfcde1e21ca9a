-- What the figures of a week count, at these locations or with one doctor: every appointment that was agreed and starts in
-- it, each location's week on its own clock. Holds and requests were not agreed.
--
-- A session has a row with its `capacity`, which takes the time, and one for each participant, who has a `session_id`.
-- `lead` is from the first event to the start; a walk-in has none. `with_doctor` ends with the last completion.
create or replace function agreed_in_week(monday date, place_ids bigint[], of_doctor bigint) returns table (
  id bigint, doctor_id bigint, location_id bigint, visit_type_id bigint, status text, start_at timestamptz,
  end_at timestamptz, capacity smallint, session_id bigint, day date, lead interval, waiting interval,
  with_doctor interval
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with week as (
    select
      location.id, location.time_zone,
      monday::timestamp at time zone location.time_zone as begins_at,
      (monday + 7)::timestamp at time zone location.time_zone as ends_at
    from locations location
    where location.id = any (place_ids)
  )
  select
    one.id, one.doctor_id, one.location_id, one.visit_type_id, one.status, one.start_at, one.end_at, one.capacity,
    one.session_id, (one.start_at at time zone week.time_zone)::date, begun.lead, one.started_at - one.arrived_at,
    done.at - one.started_at
  from appointments one
  join week on week.id = one.location_id
  left join lateral (
    select one.start_at - event.at as lead
    from events event
    where event.appointment_id = one.id
    and event.number = 1
    and event.kind <> 'appointment.walked_in'
    and one.capacity is null
  ) begun on true
  left join lateral (
    select max(event.at) as at
    from events event
    where event.appointment_id = one.id
    and event.kind = 'appointment.fulfilled'
    and one.status = 'fulfilled'
    and one.started_at is not null
  ) done on true
  where one.start_at >= (select min(begins_at) from week)
  and one.start_at < (select max(ends_at) from week)
  and one.start_at >= week.begins_at
  and one.start_at < week.ends_at
  and one.hold_expires_at is null
  and (of_doctor is null or one.doctor_id = of_doctor);
end;
--> statement-breakpoint
-- How many were booked, and what became of them. Whoever is here counts as attended.
create or replace function counts_of(statuses text[]) returns jsonb
language sql
immutable
return (
  select jsonb_build_object(
    'booked', count(*),
    'attended', count(*) filter (where status in ('arrived', 'fulfilled')),
    'missed', count(*) filter (where status = 'noshow'),
    'cancelled', count(*) filter (where status = 'cancelled'),
    'open', count(*) filter (where status = 'booked')
  )
  from unnest(statuses) status
);
--> statement-breakpoint
-- The median of these lengths in whole minutes, and how many there are.
create or replace function median_minutes(lengths interval[]) returns jsonb
language sql
immutable
return (
  select jsonb_build_object(
    'median', floor(percentile_cont(0.5) within group (order by extract(epoch from length)) / 60 + 0.5)::integer,
    'count', count(*)
  )
  from unnest(lengths) length
  where length is not null
);
--> statement-breakpoint
-- How many minutes these ranges last together.
create or replace function minutes_in(during tstzmultirange) returns integer
language sql
immutable
return (
  select coalesce(floor(sum(extract(epoch from upper(piece) - lower(piece))) / 60), 0)::integer
  from unnest(during) piece
);
--> statement-breakpoint
-- Of each room at these locations: the minutes of a week in which it can be used, and how many of these appointments took,
-- as `doctors_in_week` counts them. With a doctor, only theirs.
--
-- Rooms without hours of their own can always be used: then it is when any doctor at the location sees patients.
create or replace function rooms_in_week(monday date, place_ids bigint[], of_doctor bigint) returns table (
  resource_id bigint, open_minutes integer, taken_minutes integer
)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  place as (
    select location.id, tstzrange(
      monday::timestamp at time zone location.time_zone, (monday + 7)::timestamp at time zone location.time_zone
    ) as during
    from locations location
    where location.id = any (place_ids)
  ),
  staffed as (
    select place.id, coalesce(range_agg(piece), '{}') as during
    from place
    join doctor_locations work on work.location_id = place.id
    cross join lateral open_time(work.doctor_id, place.id, place.during) open
    cross join lateral unnest(open.during) piece
    group by place.id
  ),
  taken as (
    select claim.resource_id, range_agg(tstzrange(one.start_at, one.end_at)) as during
    from agreed_in_week(monday, place_ids, of_doctor) one
    join claims claim on claim.appointment_id = one.id and claim.part = 'room'
    where one.session_id is null
    and one.status <> 'cancelled'
    group by claim.resource_id
  )
  select
    room.id, minutes_in(usable.during), minutes_in(usable.during * coalesce(taken.during, '{}'))
  from place
  join resources room on room.location_id = place.id and room.type = 'room'
  cross join lateral open_time_of_resource(room.id, place.during) open
  left join staffed on staffed.id = place.id
  cross join lateral (
    select open.during * case
      when exists (select from resource_hours hours where hours.resource_id = room.id) then '{(,)}'
      else coalesce(staffed.during, '{}')
    end as during
  ) usable
  left join taken on taken.resource_id = room.id;
end;
--> statement-breakpoint
-- Of each doctor at these locations: the minutes of their hours in a week, without time off and closures, and how many of
-- these their appointments took. What was cancelled took none; what was missed did.
create or replace function doctors_in_week(monday date, place_ids bigint[], of_doctor bigint) returns table (
  doctor_id bigint, open_minutes integer, taken_minutes integer
)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select pair.doctor_id, sum(minutes_in(open.during))::integer, sum(minutes_in(open.during * taken.during))::integer
  from (
    select work.doctor_id, location.id as location_id, tstzrange(
      monday::timestamp at time zone location.time_zone, (monday + 7)::timestamp at time zone location.time_zone
    ) as during
    from doctor_locations work
    join locations location on location.id = work.location_id
    where location.id = any (place_ids)
    and (of_doctor is null or work.doctor_id = of_doctor)
  ) pair
  cross join lateral open_time(pair.doctor_id, pair.location_id, pair.during) open
  cross join lateral (
    select coalesce(range_agg(tstzrange(one.start_at, one.end_at)), '{}') as during
    from appointments one
    where one.doctor_id = pair.doctor_id
    -- No appointment is longer than eight hours.
    and one.start_at > lower(pair.during) - interval '8 hours'
    and one.start_at < upper(pair.during)
    and one.location_id = pair.location_id
    and one.session_id is null
    and one.status in ('booked', 'arrived', 'fulfilled', 'noshow')
  ) taken
  group by pair.doctor_id;
end;
--> statement-breakpoint
-- The locations at which this person may see the day: the front desk at all that are in use, or at those that its account is
-- bound to; doctors where they work, patients nowhere. This is the one place that decides it for the day view.
create or replace function places_of_staff(acting acting) returns table (id bigint, name text, time_zone text)
language sql
stable
begin atomic
  select location.id, location.name, location.time_zone
  from locations location
  where location.is_active
  and (
    acting.by_desk and is_in_reach(location.id, acting)
    or exists (
      select from doctor_locations work
      where work.doctor_id = acting.doctor_id
      and work.location_id = location.id
    )
  );
end;
--> statement-breakpoint
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

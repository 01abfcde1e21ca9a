-- A time as somebody wrote it: with an offset it is an instant already, without one it is read off the
-- wall clock of the zone. In a spring gap the clock counts on (02:30 is 03:30); in an autumn fold the
-- later of the two instants is meant, as PostgreSQL has it.
create function instant_at(written text, time_zone text) returns timestamptz
language sql stable strict
return case
  when written ~ '(Z|[+-]\d\d:\d\d)$' then written::timestamptz
  else written::timestamp at time zone time_zone
end;
--> statement-breakpoint
-- The doctor's weekly hours inside the window, put date by date on the clock of the location's zone.
create function open_hours(of_doctor bigint, within tstzrange) returns tstzmultirange
language sql stable strict
begin atomic
  with
  clock as (
    select
      location.time_zone,
      (lower(within) at time zone location.time_zone)::date as first_date,
      (upper(within) at time zone location.time_zone)::date as last_date
    from doctors doctor
    join locations location on location.id = doctor.location_id
    where doctor.id = of_doctor
  ),
  opening as (
    select
      (clock.first_date + day + hours.opens_at) at time zone clock.time_zone as opens_at,
      (clock.first_date + day + hours.closes_at) at time zone clock.time_zone as closes_at
    from clock
    cross join generate_series(0, clock.last_date - clock.first_date) as day
    join weekly_hours hours
      on hours.doctor_id = of_doctor
      and hours.weekday = extract(isodow from clock.first_date + day)
      and clock.first_date + day >= coalesce(hours.starts_on, '-infinity')
      and clock.first_date + day <= coalesce(hours.ends_on, 'infinity')
  )
  select coalesce(range_agg(tstzrange(opens_at, closes_at, '[)')), '{}') * tstzmultirange(within)
  from opening
  -- A range that lies wholly inside a spring gap does not happen on that date.
  where opens_at < closes_at;
end;
--> statement-breakpoint
-- The first start, from the given instant to the end of that local day, at which both doctor and patient
-- are free for so long. Null when the day holds none.
create function next_free_start(of_doctor bigint, for_patient bigint, not_before timestamptz, lasting interval)
returns timestamptz
language sql stable strict
begin atomic
  with
  rest_of_day as (
    select tstzrange(
      not_before,
      ((not_before at time zone location.time_zone)::date + 1)::timestamp at time zone location.time_zone,
      '[)'
    ) as during
    from doctors doctor
    join locations location on location.id = doctor.location_id
    where doctor.id = of_doctor
  ),
  occupied as (
    select appointment.occupied as during
    from rest_of_day
    join appointments appointment
      on appointment.doctor_id = of_doctor
      and appointment.start_at >= lower(rest_of_day.during) - interval '8 hours'
      and appointment.start_at < upper(rest_of_day.during)
    where appointment.occupied && rest_of_day.during
    union all
    select appointment.occupied
    from rest_of_day
    join appointments appointment
      on appointment.patient_id = for_patient
      and appointment.start_at >= lower(rest_of_day.during) - interval '8 hours'
      and appointment.start_at < upper(rest_of_day.during)
    where appointment.occupied && rest_of_day.during
  ),
  free as (
    -- From one whole minute on: clinics agree on minutes.
    select date_trunc('minute', lower(piece) + interval '59.999999 seconds') as start_at, upper(piece) as end_at
    from rest_of_day
    cross join lateral unnest(
      open_hours(of_doctor, rest_of_day.during)
      - (select coalesce(range_agg(occupied.during), '{}') from occupied)
    ) as piece
  )
  select min(start_at)
  from free
  where end_at - start_at >= lasting;
end;

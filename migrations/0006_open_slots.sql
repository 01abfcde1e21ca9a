-- Availability is range algebra: free = weekly hours − time off − closures − occupied. The functions answer with
-- rows, not with one value, so that PostgreSQL plans them as part of the query that calls them; `offset 0` lets
-- it compute what a part answers once, and not again wherever it is named.
drop function next_free_start;
--> statement-breakpoint
drop function open_hours;
--> statement-breakpoint
-- When the doctor sees patients inside the window, whoever is booked: weekly hours, put date by date on the
-- location's clock, without time off and closures. A time in a spring gap counts on (02:30 is 03:30), one in
-- an autumn fold is the later one; a range that would then end before it starts does not happen on that date.
create function open_time(of_doctor bigint, within tstzrange) returns table (during tstzmultirange)
language sql stable
begin atomic
  select (hours.during - away.during) * tstzmultirange(within)
  from (
    select
      doctor.location_id,
      location.time_zone,
      -- The evening before, too: a gap around midnight pushes its end into this date.
      (lower(within) at time zone location.time_zone)::date - 1 as first_date,
      (upper(within) at time zone location.time_zone)::date as last_date
    from doctors doctor
    join locations location on location.id = doctor.location_id
    where doctor.id = of_doctor
    offset 0
  ) clock
  cross join lateral (
    select coalesce(range_agg(tstzrange(opens_at, closes_at)), '{}') as during
    from (
      select
        (clock.first_date + day + hours.opens_at) at time zone clock.time_zone as opens_at,
        (clock.first_date + day + hours.closes_at) at time zone clock.time_zone as closes_at
      from generate_series(0, clock.last_date - clock.first_date) as day
      join weekly_hours hours
        on hours.doctor_id = of_doctor
        and hours.weekday = extract(isodow from clock.first_date + day)
        and clock.first_date + day >= coalesce(hours.starts_on, '-infinity')
        and clock.first_date + day <= coalesce(hours.ends_on, 'infinity')
    ) opening
    where opens_at < closes_at
  ) hours
  cross join lateral (
    select coalesce(range_agg(tstzrange(leaves_at, returns_at)), '{}') as during
    from (
      select starts_at at time zone clock.time_zone as leaves_at, ends_at at time zone clock.time_zone as returns_at
      from time_off
      where doctor_id = of_doctor
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
      union all
      select starts_at at time zone clock.time_zone, ends_at at time zone clock.time_zone
      from closures
      where location_id = clock.location_id
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
    ) absence
    where leaves_at < returns_at
  ) away
  offset 0;
end;
--> statement-breakpoint
-- Where an appointment with these buffers may lie inside the window: open time without what occupies the doctor.
-- Appointments bring their own buffers; an expired hold occupies nothing, nor does the appointment that is itself
-- to be moved.
create function free_time(
  of_doctor bigint, within tstzrange, buffer_before interval, buffer_after interval, as_of timestamptz,
  except_for bigint default null
) returns table (during tstzmultirange)
language sql stable
begin atomic
  select open_time.during - occupied.during
  from open_time(of_doctor, within)
  cross join lateral (
    -- Widened the other way round, so that the new appointment's own buffers stay out of it as well.
    select coalesce(range_agg(
      tstzrange(lower(doctor_occupied) - buffer_after, upper(doctor_occupied) + buffer_before)
    ), '{}') as during
    from appointments
    where doctor_id = of_doctor
    -- No appointment is longer than 8 hours, and no buffer than 2.
    and start_at > lower(within) - interval '12 hours'
    and start_at < upper(within) + interval '4 hours'
    and doctor_occupied is not null
    and (hold_expires_at is null or hold_expires_at > as_of)
    and (except_for is null or id <> except_for)
  ) occupied
  offset 0;
end;
--> statement-breakpoint
-- The day of an instant, from midnight to midnight; of a midnight that comes twice, the later one.
create function local_day(of_instant timestamptz, time_zone text) returns tstzrange
language sql stable
begin atomic
  select tstzrange(date::timestamp at time zone time_zone, (date + 1)::timestamp at time zone time_zone)
  from (select (of_instant at time zone time_zone)::date as date_read) clock
  cross join lateral (
    select date_read - (of_instant < date_read::timestamp at time zone time_zone)::int as date
  ) day;
end;
--> statement-breakpoint
-- How many appointments, in all and of one visit type, a doctor has that start inside the window.
create function load_within(
  of_doctor bigint, of_visit_type bigint, within tstzrange, as_of timestamptz, except_for bigint default null
) returns table (appointments bigint, of_that_type bigint)
language sql stable
begin atomic
  select count(*), count(*) filter (where visit_type_id = of_visit_type)
  from appointments
  where doctor_id = of_doctor
  and start_at >= lower(within)
  and start_at < upper(within)
  and doctor_occupied is not null
  and (hold_expires_at is null or hold_expires_at > as_of)
  and (except_for is null or id <> except_for);
end;
--> statement-breakpoint
-- On what terms a doctor offers a visit type; no row when they do not. Starts lie in [earliest, latest). The
-- front desk is bound by the length, the buffers and the grid only. A day runs from midnight to midnight.
create function visit_terms(of_doctor bigint, of_visit_type bigint, by_desk boolean, as_of timestamptz)
returns table (
  time_zone text, grid interval, lasting interval, buffer_before interval, buffer_after interval,
  daily_cap smallint, earliest timestamptz, latest timestamptz
)
language sql stable
begin atomic
  select
    location.time_zone,
    doctor.grid_minutes * interval '1 minute',
    visit.minutes * interval '1 minute',
    visit.buffer_before_minutes * interval '1 minute',
    visit.buffer_after_minutes * interval '1 minute',
    case when not by_desk then visit.daily_cap end,
    case when by_desk then as_of else as_of + visit.notice_minutes * interval '1 minute' end,
    case when by_desk then 'infinity' else
      ((as_of at time zone location.time_zone)::date + visit.horizon_days + 1)::timestamp
        at time zone location.time_zone
    end
  from doctor_visit_types offer
  join visit_types visit on visit.id = offer.visit_type_id
  join doctors doctor on doctor.id = offer.doctor_id
  join locations location on location.id = doctor.location_id
  where offer.doctor_id = of_doctor
  and offer.visit_type_id = of_visit_type
  and (visit.bookable_online or by_desk)
  offset 0;
end;
--> statement-breakpoint
-- The starts inside the window that could be booked, each with the day's load of the doctor. What shows the slots
-- also decides about a booking: it asks for the window [start, start].
create function open_slots(
  of_doctor bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint default null
) returns table (start_at timestamptz, end_at timestamptz, load bigint)
language sql stable
begin atomic
  select slot.start_at, slot.start_at + terms.lasting, load.appointments
  from visit_terms(of_doctor, of_visit_type, by_desk, as_of) terms
  cross join lateral (
    select
      greatest(lower(within), terms.earliest) as first_start,
      -- Never before the first, so that the ranges below can be made; the starts are judged at the end.
      greatest(lower(within), terms.earliest, least(upper(within), terms.latest)) as last_start
    offset 0
  ) bounds
  cross join lateral free_time(
    of_doctor, tstzrange(bounds.first_start, bounds.last_start + terms.lasting),
    terms.buffer_before, terms.buffer_after, as_of, except_for
  ) free
  cross join lateral (
    select
      midnight as begins_at,
      next_midnight as ends_at,
      -- On a day with a clock change, look at every five minutes: the grid may move against midnight.
      case when next_midnight - midnight = interval '24 hours' then terms.grid else interval '5 minutes' end as step
    from (
      select
        -- The day before, too: where midnight comes twice, a day begins with the later one.
        (bounds.first_start at time zone terms.time_zone)::date - 1 as first_date,
        (bounds.last_start at time zone terms.time_zone)::date as last_date
      offset 0
    ) dates
    cross join generate_series(0, dates.last_date - dates.first_date) as day
    cross join lateral (
      select
        (dates.first_date + day)::timestamp at time zone terms.time_zone as midnight,
        (dates.first_date + day + 1)::timestamp at time zone terms.time_zone as next_midnight
      offset 0
    ) clock
  ) day
  cross join lateral unnest(
    free.during * tstzmultirange(tstzrange(day.begins_at, day.ends_at + terms.lasting))
  ) as piece
  cross join lateral generate_series(
    date_bin(day.step, lower(piece) + day.step - interval '1 microsecond', day.begins_at),
    upper(piece) - terms.lasting,
    day.step
  ) as slot (start_at)
  cross join lateral load_within(of_doctor, of_visit_type, tstzrange(day.begins_at, day.ends_at), as_of, except_for) load
  where slot.start_at < day.ends_at
  and within @> slot.start_at
  and slot.start_at < terms.latest
  and date_bin(terms.grid, slot.start_at at time zone terms.time_zone, timestamp '2000-01-01')
    = slot.start_at at time zone terms.time_zone
  and (terms.daily_cap is null or load.of_that_type < terms.daily_cap);
end;
--> statement-breakpoint
-- What follows answers with one value, is planned by itself, only when somebody asks, and once: planning takes ten
-- times as long as the answer, and a booking asks much that is rarely needed.

-- Whether a start is one of `open_slots`.
create function is_open_slot(
  of_doctor bigint, of_visit_type bigint, wanted timestamptz, by_desk boolean, as_of timestamptz,
  except_for bigint default null
) returns boolean
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select exists (
    select from open_slots(of_doctor, of_visit_type, tstzrange(wanted, wanted, '[]'), by_desk, as_of, except_for)
  );
end;
--> statement-breakpoint
-- Why a start is none of `open_slots`; null when it is one, or when the doctor does not offer the visit type.
create function why_not(
  of_doctor bigint, of_visit_type bigint, wanted timestamptz, by_desk boolean, as_of timestamptz,
  except_for bigint default null
) returns text
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when wanted < as_of then 'in_the_past'
    when not open_time.during @> asked.during then 'outside_hours'
    when wanted < terms.earliest then 'short_notice'
    when wanted >= terms.latest then 'beyond_horizon'
    when date_bin(terms.grid, asked.local_start, timestamp '2000-01-01') <> asked.local_start then 'off_grid'
    when load.of_that_type >= terms.daily_cap then 'day_full'
    when not free_time.during @> asked.during then 'slot_taken'
  end
  from visit_terms(of_doctor, of_visit_type, by_desk, as_of) terms
  cross join lateral (
    select
      wanted at time zone terms.time_zone as local_start,
      tstzrange(wanted, wanted + terms.lasting) as during
    offset 0
  ) asked
  cross join lateral open_time(of_doctor, asked.during)
  cross join lateral free_time(
    of_doctor, asked.during, terms.buffer_before, terms.buffer_after, as_of, except_for
  )
  cross join lateral load_within(
    of_doctor, of_visit_type, local_day(wanted, terms.time_zone), as_of, except_for
  ) load;
end;
--> statement-breakpoint
-- Whether a doctor sees patients during the whole of a time, whoever is booked.
create function is_open_time(of_doctor bigint, asked tstzrange) returns boolean
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select open_time.during @> asked from open_time(of_doctor, asked);
end;
--> statement-breakpoint
-- The first slot inside the window at which the patient is free as well; null when there is none.
create function next_slot(
  of_doctor bigint, of_visit_type bigint, of_patient bigint, within tstzrange, as_of timestamptz,
  except_for bigint default null
) returns timestamptz
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select min(slot.start_at)
  from open_slots(of_doctor, of_visit_type, within, false, as_of, except_for) slot
  where not exists (
    select from appointments
    where patient_id = of_patient
    and patient_occupied && tstzrange(slot.start_at, slot.end_at)
    and (except_for is null or id <> except_for)
  );
end;
--> statement-breakpoint
-- The first whole minute inside the window at which so long an appointment fits into the free time of the doctor
-- and of the patient; null when there is none. Clinics agree on minutes.
create function next_gap(
  of_doctor bigint, of_patient bigint, within tstzrange,
  lasting interval, buffer_before interval, buffer_after interval, as_of timestamptz,
  except_for bigint default null
) returns timestamptz
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select min(gap.start_at)
  from free_time(of_doctor, within, buffer_before, buffer_after, as_of, except_for) free
  cross join lateral unnest(free.during - (
    select coalesce(range_agg(patient_occupied), '{}')
    from appointments
    where patient_id = of_patient
    and start_at > lower(within) - interval '8 hours'
    and start_at < upper(within)
    and patient_occupied is not null
    and (except_for is null or id <> except_for)
  )) as piece
  cross join lateral (
    select date_trunc('minute', lower(piece) + interval '59.999999 seconds') as start_at
  ) gap
  where upper(piece) - gap.start_at >= lasting;
end;
--> statement-breakpoint
-- Volatile on purpose: asked again for each row that one statement inserts, it sees the rows inserted before. So
-- "any doctor" takes the first who is free, the next one when a race is lost, and no second.
create function is_patient_free(of_patient bigint, during tstzrange) returns boolean
language sql volatile
begin atomic
  select not exists (
    select from appointments where patient_id = of_patient and patient_occupied && during
  );
end;

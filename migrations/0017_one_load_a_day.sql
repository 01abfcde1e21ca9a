-- As before, but how much a doctor has to do on a day is counted once for a stretch of free time, not for each start in it:
-- a month of one doctor counted 400 times.
create or replace function open_slots(
  of_doctor bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint default null
) returns table (start_at timestamptz, end_at timestamptz, load bigint)
language sql stable
begin atomic
  select slot.start_at, slot.start_at + terms.lasting, stretch.load
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
  cross join lateral (
    select piece, load.appointments as load
    from unnest(free.during * tstzmultirange(tstzrange(day.begins_at, day.ends_at + terms.lasting))) as piece
    cross join lateral load_within(
      of_doctor, of_visit_type, tstzrange(day.begins_at, day.ends_at), as_of, except_for
    ) load
    where terms.daily_cap is null or load.of_that_type < terms.daily_cap
    offset 0
  ) stretch
  cross join lateral generate_series(
    date_bin(day.step, lower(piece) + day.step - interval '1 microsecond', day.begins_at),
    upper(piece) - terms.lasting,
    day.step
  ) as slot (start_at)
  where slot.start_at < day.ends_at
  and within @> slot.start_at
  and slot.start_at < terms.latest
  and date_bin(terms.grid, slot.start_at at time zone terms.time_zone, timestamp '2000-01-01')
    = slot.start_at at time zone terms.time_zone;
end;
--> statement-breakpoint
-- All starts of one doctor for one visit type, on local dates, both included: instant and wall clock of start and end. One row, so that
-- names travel once, and with a plan that is kept; none for an unknown doctor.
create function slots_of_doctor(
  of_doctor bigint, of_visit_type bigint, first_date date, last_date date, by_desk boolean, as_of timestamptz
) returns table (
  doctor text, location_id bigint, location text, time_zone text,
  visit_type_is_known boolean, is_offered boolean, slots json
)
language sql stable rows 1 set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.name, location.id, location.name, location.time_zone,
    exists (select from visit_types visit where visit.id = of_visit_type and (visit.bookable_online or by_desk)),
    exists (
      select from doctor_visit_types offer
      where offer.doctor_id = of_doctor and offer.visit_type_id = of_visit_type
    ),
    (
      select json_agg(
        json_build_array(
          slot.start_at, slot.start_at at time zone location.time_zone,
          slot.end_at, slot.end_at at time zone location.time_zone
        )
        order by slot.start_at
      )
      from open_slots(
        of_doctor, of_visit_type,
        tstzrange(
          first_date::timestamp at time zone location.time_zone,
          (last_date + 1)::timestamp at time zone location.time_zone
        ),
        by_desk, as_of
      ) slot
    )
  from doctors doctor
  join locations location on location.id = doctor.location_id
  where doctor.id = of_doctor;
end;

-- As before, but how much a doctor has to do on a day is counted only where somebody asks for it: who wants to see a month does
-- not, unless the visit type has a daily cap. And what is on the grid by the way it is made is not asked whether it is.
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
      is_plain,
      -- On a day with a clock change, look at every five minutes: the grid may move against midnight. On any other it
      -- begins at midnight, because it divides the day, and no start need be looked at again.
      case when is_plain then terms.grid else interval '5 minutes' end as step
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
    cross join lateral (select next_midnight - midnight = interval '24 hours' as is_plain offset 0) length
  ) day
  cross join lateral (
    select piece, (
      select load.appointments
      from load_within(of_doctor, of_visit_type, tstzrange(day.begins_at, day.ends_at), as_of, except_for) load
    ) as load
    from unnest(free.during * tstzmultirange(tstzrange(day.begins_at, day.ends_at + terms.lasting))) as piece
    where terms.daily_cap is null or terms.daily_cap > (
      select load.of_that_type
      from load_within(of_doctor, of_visit_type, tstzrange(day.begins_at, day.ends_at), as_of, except_for) load
    )
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
  and (
    day.is_plain
    or date_bin(terms.grid, slot.start_at at time zone terms.time_zone, timestamp '2000-01-01')
      = slot.start_at at time zone terms.time_zone
  );
end;
--> statement-breakpoint
-- All starts of one doctor for one visit type, on local dates, both included, in one row and with a plan that is kept; none for
-- an unknown doctor. In minutes since 1970: the starts, and start and end on the wall clock. Written as dates they took a
-- quarter of the time. `slots_of_doctor` did that; it goes a release later.
create function starts_of_doctor(
  of_doctor bigint, of_visit_type bigint, first_date date, last_date date, by_desk boolean, as_of timestamptz
) returns table (
  doctor text, location_id bigint, location text, time_zone text,
  visit_type_is_known boolean, is_offered boolean, visit_minutes smallint,
  starts json, local_starts json, local_ends json
)
language sql stable rows 1 set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.name, location.id, location.name, location.time_zone,
    visit.id is not null and (visit.bookable_online or by_desk),
    exists (
      select from doctor_visit_types offer
      where offer.doctor_id = of_doctor and offer.visit_type_id = of_visit_type
    ),
    visit.minutes, slots.starts, slots.local_starts, slots.local_ends
  from doctors doctor
  join locations location on location.id = doctor.location_id
  left join visit_types visit on visit.id = of_visit_type
  cross join lateral (
    select
      json_agg((date_part('epoch', slot.start_at) / 60)::integer order by slot.start_at) as starts,
      json_agg(
        (date_part('epoch', slot.start_at at time zone location.time_zone) / 60)::integer order by slot.start_at
      ) as local_starts,
      json_agg(
        (date_part('epoch', slot.end_at at time zone location.time_zone) / 60)::integer order by slot.start_at
      ) as local_ends
    from open_slots(
      of_doctor, of_visit_type,
      tstzrange(
        first_date::timestamp at time zone location.time_zone,
        (last_date + 1)::timestamp at time zone location.time_zone
      ),
      by_desk, as_of
    ) slot
  ) slots
  where doctor.id = of_doctor;
end;

-- The starts inside the window at which a doctor is free, whether or not the other needs of the visit type can be met then:
-- at one of the doctor's locations or, without one, at any. `open_slots` asks for the needs, too, and so does a search, which
-- looks once at each location for all of its doctors.
--
-- `load` is the number of the doctor's appointments on that day. It is only counted when the caller reads it, or when the
-- visit type has a daily cap.
create or replace function doctor_slots(
  of_doctor bigint, at_location bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint
) returns table (start_at timestamptz, end_at timestamptz, load bigint, location_id bigint)
language sql
stable
begin atomic
  select slot.start_at, slot.start_at + terms.lasting, stretch.load, terms.location_id
  from visit_terms(of_doctor, at_location, of_visit_type, by_desk, as_of) terms
  cross join lateral (
    select
      greatest(lower(within), terms.earliest) as first_start,
      -- Never before the first, so that the ranges below can be made; the starts are judged at the end.
      greatest(lower(within), terms.earliest, least(upper(within), terms.latest)) as last_start
    offset 0
  ) bounds
  cross join lateral free_time(
    of_doctor, terms.location_id, tstzrange(bounds.first_start, bounds.last_start + terms.lasting),
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
  where not visit_type_is_group(of_visit_type) -- its sessions are offered
  and not isempty(free.during) -- then nothing after it is computed
  and slot.start_at < day.ends_at
  and within @> slot.start_at
  and slot.start_at < terms.latest
  and (
    day.is_plain
    or date_bin(terms.grid, slot.start_at at time zone terms.time_zone, timestamp '2000-01-01')
      = slot.start_at at time zone terms.time_zone
  );
end;

-- The stretches of free time inside the window in which an appointment of a visit type may lie, day by day: what `doctor_slots`
-- cuts into starts. Those of the last day reach beyond it, and before `latest` only their start counts.
-- Of the rules that `left_out` may name, these are its own: `past`, `notice`, `horizon` and `cap`.
create or replace function doctor_stretches(
  of_doctor bigint, at_location bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint, left_out text[]
) returns table (
  piece tstzrange, load bigint, location_id bigint, time_zone text, lasting interval, grid interval, latest timestamptz,
  begins_at timestamptz, ends_at timestamptz, is_plain boolean, step interval
)
language sql
stable
begin atomic
  select
    stretch.piece, stretch.load, terms.location_id, terms.time_zone, terms.lasting, terms.grid, bounds.latest,
    day.begins_at, day.ends_at, day.is_plain, day.step
  from visit_terms(of_doctor, at_location, of_visit_type, by_desk, as_of) terms
  cross join lateral (
    select
      greatest(lower(within), earliest) as first_start,
      -- Never before the first, so that the ranges below can be made; the starts are judged at the end.
      greatest(lower(within), earliest, least(upper(within), latest)) as last_start,
      latest
    from (
      select
        case
          when left_out is null or 'notice' <> all (left_out) then terms.earliest
          when left_out is null or 'past' <> all (left_out) then as_of
          else '-infinity'
        end as earliest,
        case when left_out is null or 'horizon' <> all (left_out) then terms.latest else 'infinity' end as latest
    ) allowed
    offset 0
  ) bounds
  cross join lateral free_time_without(
    of_doctor, terms.location_id, tstzrange(bounds.first_start, bounds.last_start + terms.lasting),
    terms.buffer_before, terms.buffer_after, as_of, except_for, left_out
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
    where terms.daily_cap is null or not (left_out is null or 'cap' <> all (left_out)) or terms.daily_cap > (
      select load.of_that_type
      from load_within(of_doctor, of_visit_type, tstzrange(day.begins_at, day.ends_at), as_of, except_for) load
    )
    offset 0
  ) stretch
  where not visit_type_is_group(of_visit_type) -- its sessions are offered
  and not isempty(free.during) -- then nothing after it is computed
  and bounds.first_start < bounds.latest;
end;

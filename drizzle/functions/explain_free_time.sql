-- What each rule of the search leaves of a doctor's day, in the order in which the rules apply, at one of their locations or any.
--
-- Every row asks the search's own functions: for what is left after a rule, without the rules that follow; for the `starts` that
-- would be free if the rule did not exist, without this one. Those of the last rule, `grid`, are what the search finds. Hours and
-- time that is over cannot be left out.
create or replace function explain_free_time(
  of_doctor bigint, at_location bigint, of_visit_type bigint, on_date date, by_desk boolean, as_of timestamptz
) returns table (place bigint, rule text, remaining tstzmultirange, taken tstzmultirange, starts timestamptz[])
language sql
stable
rows 12
set plan_cache_mode to force_generic_plan
begin atomic
  with
  rule as materialized (
    select name, place
    from unnest(array[
      'hours', 'time_off', 'closures', 'appointments', 'buffers', 'travel', 'needs', 'past', 'notice', 'horizon', 'cap', 'grid'
    ]) with ordinality rule (name, place)
  ),
  day as materialized (
    select doctor.resource_id, tstzrange(
      on_date::timestamp at time zone location.time_zone, (on_date + 1)::timestamp at time zone location.time_zone
    ) as during
    from doctors doctor
    join locations location on location.id = doctor.location_id
    where doctor.id = of_doctor
  ),
  stage as materialized (
    select rule.*, day.*, array(select later.name from rule later where later.place > rule.place) as left_out
    from rule
    cross join day
  ),
  answer as (
    select stage.*, (
      select array_agg(slot.start_at order by slot.start_at)
      from open_slots_without(
        of_doctor, at_location, of_visit_type, stage.during, by_desk, as_of, null,
        case when stage.name <> 'grid' then array[stage.name] end
      ) slot
      where stage.name not in ('hours', 'past')
    ) as starts
    from stage
  ),
  left_by as (
    select answer.place, answer.name, answer.starts, (
      select coalesce(range_agg(tstzrange(lower(piece), upper(piece))), '{}')
      from unnest(case when answer.name = 'grid' then (
        select range_agg(tstzrange(free.start_at, free.start_at + visit.minutes * interval '1 minute') * answer.during)
        from visit_types visit
        cross join unnest(answer.starts) free (start_at)
        where visit.id = of_visit_type
      ) else (
        select range_agg(tstzmultirange(stretch.piece * answer.during) * coalesce(met.during, '{(,)}'))
        from doctor_locations work
        -- At an instant instead of for the whole length, which is a rule of its own.
        cross join lateral (
          select case when 'needs' <> all (answer.left_out) then starts_with_needs_without(
            of_visit_type, work.location_id, answer.during, interval '0', answer.resource_id, as_of, null, answer.left_out
          ) end as during
          offset 0
        ) met
        cross join lateral doctor_stretches(
          of_doctor, work.location_id, of_visit_type, answer.during, by_desk, as_of, null, answer.left_out
        ) stretch
        where work.doctor_id = of_doctor
        and (at_location is null or work.location_id = at_location)
      ) end) piece
      where lower(piece) < upper(piece)
    ) as remaining
    from answer
  )
  select
    left_by.place, left_by.name, left_by.remaining,
    coalesce(lag(left_by.remaining) over (order by left_by.place) - left_by.remaining, '{}'),
    left_by.starts
  from left_by
  order by left_by.place;
end;

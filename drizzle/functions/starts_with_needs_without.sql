-- `starts_with_needs` as if the rules named in `left_out` did not exist. Of whoever meets a need, that is `closures` and `travel`:
-- the others are about the appointment's doctor.
create or replace function starts_with_needs_without(
  of_visit_type bigint, at_location bigint, within tstzrange, lasting interval, except_resource bigint, as_of timestamptz,
  except_for bigint, left_out text[]
) returns tstzmultirange
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  -- Equal needs have the same candidates, so they count together.
  need as materialized (
    select
      (row_number() over ())::integer - 1 as number, type, min(id) as id, count(*) as needed,
      before_minutes * interval '1 minute' as before, after_minutes * interval '1 minute' as after
    from visit_type_needs
    where visit_type_id = of_visit_type
    group by type, role, specialty, kinds, before_minutes, after_minutes
  ),
  candidate as materialized (
    select need.number, need.before, need.after, one.resource_id, one.doctor_id
    from candidates_for_needs(of_visit_type, at_location) one
    join need on need.id = one.need_id
    where one.resource_id is distinct from except_resource
  ),
  free as materialized (
    select one.resource_id, one.doctor_id, unclaimed.during
    from (select distinct resource_id, doctor_id from candidate) one
    cross join lateral (
      -- Two hours on either side are the longest that a need may take.
      select tstzrange(lower(within) - interval '2 hours', upper(within) + lasting + interval '2 hours') as during
    ) around
    cross join lateral (
      select during
      from free_time_without(
        one.doctor_id, at_location, around.during, interval '0', interval '0', as_of, except_for,
        array_remove(array_remove(array_remove(left_out, 'time_off'), 'appointments'), 'buffers')
      )
      where one.doctor_id is not null
      union all
      select open.during - (
        select coalesce(range_agg(claim.during), '{}')
        from claims claim
        where claim.resource_id = one.resource_id
        and claim.during && around.during
        and (claim.expires_at is null or claim.expires_at > as_of)
        and (except_for is null or claim.appointment_id <> except_for)
      )
      from open_time_of_resource_without(one.resource_id, around.during, left_out) open
      where one.doctor_id is null
    ) unclaimed
  ),
  -- The starts at which a candidate could meet a need, both ends included.
  able as materialized (
    select
      candidate.number, candidate.resource_id,
      tstzrange(lower(piece) + candidate.before, upper(piece) - candidate.after - lasting, '[]') as starts
    from candidate
    join free
      on free.resource_id = candidate.resource_id
      and free.doctor_id is not distinct from candidate.doctor_id
    cross join unnest(free.during) piece
    where upper(piece) - lower(piece) >= candidate.before + lasting + candidate.after
  ),
  few as materialized (
    select numbers, sum(need.needed) as needed
    from generate_series(1, (1 << (select count(*) from need)::integer) - 1) numbers
    join need on numbers & (1 << need.number) <> 0
    group by numbers
    having count(distinct need.type) = 1
  ),
  -- Counts who is able along the time line. Where one stops and another begins at the same instant, both are.
  counted as (
    select numbers, at, change, sum(change) over (
      partition by numbers
      order by at, change desc
      rows unbounded preceding
    ) as candidates
    from (
      select few.numbers, able.resource_id, range_agg(able.starts) as starts
      from few
      join able on few.numbers & (1 << able.number) <> 0
      group by few.numbers, able.resource_id
    ) together
    cross join unnest(together.starts) piece
    cross join lateral (values (lower(piece), 1), (upper(piece), -1)) edge (at, change)
  ),
  stretch as (
    select numbers, change, at, lead(at) over (
      partition by numbers
      order by at, change desc
    ) as until
    from counted
    join few using (numbers)
    where change = 1 and candidates = needed
    or change = -1 and candidates = needed - 1
  )
  select coalesce(range_intersect_agg(enough.starts), '{(,)}')
  from few
  cross join lateral (
    select coalesce(range_agg(tstzrange(stretch.at, stretch.until, '[]')), '{}') as starts
    from stretch
    where stretch.numbers = few.numbers
    and stretch.change = 1
  ) enough;
end;

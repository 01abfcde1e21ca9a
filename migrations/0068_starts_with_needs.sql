-- Who and what at a location could meet each need of a visit type, whether free or not. Two rows of one doctor are two
-- candidates that claim the same resource.
create or replace function candidates_for_needs(of_visit_type bigint, at_location bigint) returns table (
  need_id bigint, resource_id bigint, doctor_id bigint, sort_order smallint
)
language sql
stable
begin atomic
  select need.id, resource.id, null::bigint, resource.sort_order
  from visit_type_needs need
  join resources resource on resource.type = need.type and resource.kind = any (need.kinds)
  where need.visit_type_id = of_visit_type
  and resource.location_id = at_location
  and resource.is_active
  union all
  select need.id, doctor.resource_id, doctor.id, 0::smallint
  from visit_type_needs need
  join doctors doctor
    on doctor.role = need.role
    and (need.specialty is null or doctor.specialty = need.specialty)
  where need.visit_type_id = of_visit_type
  and doctor.location_id = at_location
  and doctor.is_active;
end;
--> statement-breakpoint
-- The starts inside the window at which every need of a visit type can be met at a location, each by someone or something
-- else: every start when it has no needs. Which doctor is free is another question, so search a location once for all of its
-- doctors. Only a doctor who could meet a need themselves makes a difference: name them in `except_resource`, and they meet
-- none.
--
-- What meets a need must be there, and free, from `before_minutes` before the appointment until `after_minutes` after it. Needs
-- may share candidates, so it is not enough that each can be met. By Hall's theorem all can be met exactly when any few of
-- them together have as many candidates as there are needs among them. Only needs of one type share candidates.
create or replace function starts_with_needs(
  of_visit_type bigint, at_location bigint, within tstzrange, lasting interval, except_resource bigint, as_of timestamptz,
  except_for bigint default null
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
    select one.resource_id, one.doctor_id, open.during - (
      select coalesce(range_agg(claim.during), '{}')
      from claims claim
      where claim.resource_id = one.resource_id
      and claim.during && around.during
      and (claim.expires_at is null or claim.expires_at > as_of)
      and (except_for is null or claim.appointment_id <> except_for)
    ) as during
    from (select distinct resource_id, doctor_id from candidate) one
    cross join lateral (
      -- Two hours on either side are the longest that a need may take.
      select tstzrange(lower(within) - interval '2 hours', upper(within) + lasting + interval '2 hours') as during
    ) around
    cross join lateral (
      select during from open_time(one.doctor_id, around.during) where one.doctor_id is not null
      union all
      select during from open_time_of_resource(one.resource_id, around.during) where one.doctor_id is null
    ) open
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
--> statement-breakpoint
-- Why a start is not among `open_slots`; null when it is, or when the doctor does not offer the visit type.
create or replace function judge_slot(
  of_doctor bigint, of_visit_type bigint, wanted_start timestamptz, by_desk boolean, as_of timestamptz,
  except_for bigint default null
) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when wanted_start < as_of then 'in_the_past'
    when not open_time.during @> asked.during then 'outside_hours'
    when wanted_start < terms.earliest then 'short_notice'
    when wanted_start >= terms.latest then 'beyond_horizon'
    when date_bin(terms.grid, asked.local_start, timestamp '2000-01-01') <> asked.local_start then 'off_grid'
    when load.of_that_type >= terms.daily_cap then 'day_full'
    when not free_time.during @> asked.during then 'slot_taken'
    when exists (select from visit_type_needs where visit_type_id = of_visit_type) and not (
      select starts_with_needs(
        of_visit_type, doctor.location_id, tstzrange(wanted_start, wanted_start, '[]'), terms.lasting,
        doctor.resource_id, as_of, except_for
      )
      from doctors doctor
      where doctor.id = of_doctor
    ) @> wanted_start then 'slot_taken'
  end
  from visit_terms(of_doctor, of_visit_type, by_desk, as_of) terms
  cross join lateral (
    select
      wanted_start at time zone terms.time_zone as local_start,
      tstzrange(wanted_start, wanted_start + terms.lasting) as during
    offset 0
  ) asked
  cross join lateral open_time(of_doctor, asked.during)
  cross join lateral free_time(
    of_doctor, asked.during, terms.buffer_before, terms.buffer_after, as_of, except_for
  )
  cross join lateral load_within(
    of_doctor, of_visit_type, local_day(wanted_start, terms.time_zone), as_of, except_for
  ) load;
end;
--> statement-breakpoint
-- The starts inside the window that can be booked. The booking pages list them, and a booking asks for the window
-- [start, start], so both follow the same rules.
--
-- `load` is the number of the doctor's appointments on that day. It is only counted when the caller reads it, or when the
-- visit type has a daily cap.
create or replace function open_slots(
  of_doctor bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint default null
) returns table (start_at timestamptz, end_at timestamptz, load bigint)
language sql
stable
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
    select case when exists (select from visit_type_needs where visit_type_id = of_visit_type) then (
      select starts_with_needs(
        of_visit_type, doctor.location_id, tstzrange(bounds.first_start, bounds.last_start), terms.lasting,
        doctor.resource_id, as_of, except_for
      )
      from doctors doctor
      where doctor.id = of_doctor
    ) end as starts
    offset 0
  ) needs
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
  and (needs.starts is null or needs.starts @> slot.start_at)
  and (
    day.is_plain
    or date_bin(terms.grid, slot.start_at at time zone terms.time_zone, timestamp '2000-01-01')
      = slot.start_at at time zone terms.time_zone
  );
end;

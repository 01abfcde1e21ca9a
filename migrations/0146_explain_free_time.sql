-- `open_time_of_resource` as if the rules named in `left_out` did not exist: `closures`.
create or replace function open_time_of_resource_without(
  of_resource bigint, within tstzrange, left_out text[]
) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select (hours.during - away.during) * tstzmultirange(within)
  from (
    select
      resource.location_id,
      location.time_zone,
      (lower(within) at time zone location.time_zone)::date - 1 as first_date,
      (upper(within) at time zone location.time_zone)::date as last_date
    from resources resource
    join locations location on location.id = resource.location_id
    where resource.id = of_resource
    and resource.is_active
    and location.is_active
    offset 0
  ) clock
  cross join lateral hours_of_resource(of_resource, within) hours
  cross join lateral (
    select coalesce(range_agg(tstzrange(leaves_at, returns_at)), '{}') as during
    from (
      select starts_at at time zone clock.time_zone as leaves_at, ends_at at time zone clock.time_zone as returns_at
      from resource_absences
      where resource_id = of_resource
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
      union all
      select starts_at at time zone clock.time_zone, ends_at at time zone clock.time_zone
      from closures
      where location_id = clock.location_id
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
      and (left_out is null or 'closures' <> all (left_out))
    ) absence
    where leaves_at < returns_at
  ) away
  offset 0;
end;
--> statement-breakpoint
-- `open_time` as if the rules named in `left_out` did not exist: `time_off`, `closures`.
--
-- The search leaves out nothing, and `explain_free_time` one rule after the other: both go through the same functions, which end
-- in `_without`. On a constant null, PostgreSQL drops their extra conditions while it plans.
--
-- The hours are put on the location's clock date by date. A time inside a spring gap moves forward (02:30 is 03:30), a
-- time that comes twice in autumn is the later one, and a range that would then end before it starts is left out.
--
-- These functions return rows instead of one value, so that PostgreSQL plans them as part of the calling query.
-- `offset 0` makes it compute a part once and not again wherever the part is named.
create or replace function open_time_without(
  of_doctor bigint, at_location bigint, within tstzrange, left_out text[]
) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select (hours.during - away.during) * tstzmultirange(within)
  from (
    select
      -- Where hours without a location apply: those of the previous release.
      doctor.location_id as first_location_id,
      location.time_zone,
      -- The evening before, too: a gap around midnight pushes its end into this date.
      (lower(within) at time zone location.time_zone)::date - 1 as first_date,
      (upper(within) at time zone location.time_zone)::date as last_date
    from doctors doctor
    join locations location on location.id = at_location
    where doctor.id = of_doctor
    and doctor.is_active
    and location.is_active
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
        and coalesce(hours.location_id, clock.first_location_id) = at_location
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
      and (location_id is null or location_id = at_location)
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
      and (left_out is null or 'time_off' <> all (left_out))
      union all
      select starts_at at time zone clock.time_zone, ends_at at time zone clock.time_zone
      from closures
      where location_id = at_location
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
      and (left_out is null or 'closures' <> all (left_out))
    ) absence
    where leaves_at < returns_at
  ) away
  offset 0;
end;
--> statement-breakpoint
-- `free_time` as if the rules named in `left_out` did not exist: `appointments` of the doctor, `buffers`, theirs and the new one's,
-- `travel`, and those of open time.
create or replace function free_time_without(
  of_doctor bigint, at_location bigint, within tstzrange, buffer_before interval, buffer_after interval,
  as_of timestamptz, except_for bigint, left_out text[]
) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select case when isempty(open_time.during) then open_time.during else open_time.during - (
    -- Widened the other way round, so that the new appointment's own buffers stay out of it as well.
    select coalesce(range_agg(case
      when left_out is null or 'buffers' <> all (left_out) then tstzrange(
        lower(claim.during) - buffer_after - way.lasting, upper(claim.during) + buffer_before + way.lasting
      )
      else (
        -- Looked up, because an index has the rest.
        select tstzrange(
          lower(claim.during) + own.before_minutes * interval '1 minute' - way.lasting,
          upper(claim.during) - own.after_minutes * interval '1 minute' + way.lasting
        )
        from claims own
        where own.appointment_id = claim.appointment_id
        and own.resource_id = claim.resource_id
      )
    end), '{}')
    from (select longest from travel_from(at_location) offset 0) travel
    join claims claim
      on claim.resource_id = (select resource_id from doctors where id = of_doctor)
      and claim.during && tstzrange(
        lower(within) - buffer_before - travel.longest, upper(within) + buffer_after + travel.longest
      )
    cross join lateral (
      select coalesce(
        -- Nothing is looked up for claims at the same location.
        case when claim.location_id <> at_location and (left_out is null or 'travel' <> all (left_out)) then (
          select minutes * interval '1 minute'
          from travel_times
          where one_location_id = least(claim.location_id, at_location)
          and other_location_id = greatest(claim.location_id, at_location)
        ) end,
        interval '0'
      ) as lasting
      offset 0
    ) way
    where (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
    and (left_out is null or 'appointments' <> all (left_out))
  ) end
  from open_time_without(of_doctor, at_location, within, left_out) open_time
  offset 0;
end;
--> statement-breakpoint
-- When a doctor sees patients at a location inside the window: weekly hours there without time off and closures, whether
-- booked or not. No row once the doctor is retired or the location closed for good.
create or replace function open_time(of_doctor bigint, at_location bigint, within tstzrange) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select during from open_time_without(of_doctor, at_location, within, null);
end;
--> statement-breakpoint
-- When a room or device can be used inside the window: its hours, or always when it has none, without its absences and the
-- closures of its location, whether it is taken or not. No row once it, or its location, is no longer in use. Clock times
-- are read as in `open_time`.
create or replace function open_time_of_resource(of_resource bigint, within tstzrange) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select during from open_time_of_resource_without(of_resource, within, null);
end;
--> statement-breakpoint
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
--> statement-breakpoint
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
--> statement-breakpoint
-- Where an appointment at a location with these buffers fits inside the window: open time there without the time that is
-- claimed. Each claim brings its own buffers, and one at another location the way from and to it. That of an expired hold
-- counts for nothing, and neither do those of `except_for`, the appointment that is being moved.
create or replace function free_time(
  of_doctor bigint, at_location bigint, within tstzrange, buffer_before interval, buffer_after interval,
  as_of timestamptz, except_for bigint
) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select during
  from free_time_without(of_doctor, at_location, within, buffer_before, buffer_after, as_of, except_for, null);
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
begin atomic
  select starts_with_needs_without(
    of_visit_type, at_location, within, lasting, except_resource, as_of, except_for, null
  );
end;
--> statement-breakpoint
-- `doctor_slots` as if the rules named in `left_out` did not exist.
create or replace function doctor_slots_without(
  of_doctor bigint, at_location bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint, left_out text[]
) returns table (start_at timestamptz, end_at timestamptz, load bigint, location_id bigint)
language sql
stable
begin atomic
  select slot.start_at, slot.start_at + stretch.lasting, stretch.load, stretch.location_id
  from doctor_stretches(
    of_doctor, at_location, of_visit_type, within, by_desk, as_of, except_for, left_out
  ) stretch
  cross join lateral generate_series(
    date_bin(stretch.step, lower(stretch.piece) + stretch.step - interval '1 microsecond', stretch.begins_at),
    upper(stretch.piece) - stretch.lasting,
    stretch.step
  ) as slot (start_at)
  where slot.start_at < stretch.ends_at
  and within @> slot.start_at
  and slot.start_at < stretch.latest
  and (
    stretch.is_plain
    or date_bin(stretch.grid, slot.start_at at time zone stretch.time_zone, timestamp '2000-01-01')
      = slot.start_at at time zone stretch.time_zone
  );
end;
--> statement-breakpoint
-- `open_slots` as if the rules named in `left_out` did not exist. Its own one is `needs`.
create or replace function open_slots_without(
  of_doctor bigint, at_location bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint, left_out text[]
) returns table (start_at timestamptz, end_at timestamptz, load bigint, location_id bigint)
language sql
stable
begin atomic
  select slot.*
  from doctor_locations work
  cross join lateral (
    select case when exists (
      select from visit_type_needs where visit_type_id = of_visit_type and (left_out is null or 'needs' <> all (left_out))
    ) then (
      select starts_with_needs_without(
        of_visit_type, work.location_id, within, visit.minutes * interval '1 minute', doctor.resource_id, as_of,
        except_for, left_out
      )
      from doctors doctor
      join visit_types visit on visit.id = of_visit_type
      where doctor.id = of_doctor
    ) end as starts
    offset 0
  ) needs
  cross join lateral doctor_slots_without(
    of_doctor, work.location_id, of_visit_type, within, by_desk, as_of, except_for, left_out
  ) slot
  where work.doctor_id = of_doctor
  and (at_location is null or work.location_id = at_location)
  and (needs.starts is null or needs.starts @> slot.start_at);
end;
--> statement-breakpoint
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
  select slot.*
  from doctor_slots_without(
    of_doctor, at_location, of_visit_type, within, by_desk, as_of, except_for, null
  ) slot;
end;
--> statement-breakpoint
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
--> statement-breakpoint
-- The starts inside the window that can be booked, at one of the doctor's locations or, without one, at any. The booking
-- pages list them, and a booking asks for the window [start, start], so both follow the same rules.
--
-- `load` is the number of the doctor's appointments on that day. It is only counted when the caller reads it, or when the
-- visit type has a daily cap.
create or replace function open_slots(
  of_doctor bigint, at_location bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint
) returns table (start_at timestamptz, end_at timestamptz, load bigint, location_id bigint)
language sql
stable
begin atomic
  select slot.*
  from open_slots_without(
    of_doctor, at_location, of_visit_type, within, by_desk, as_of, except_for, null
  ) slot;
end;

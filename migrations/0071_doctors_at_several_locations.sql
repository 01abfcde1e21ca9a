CREATE INDEX "travel_times_by_other" ON "travel_times" USING btree ("other_location_id","minutes");
--> statement-breakpoint
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
  join doctor_locations work on work.doctor_id = doctor.id and work.location_id = at_location
  where need.visit_type_id = of_visit_type
  and doctor.is_active;
end;
--> statement-breakpoint
-- Trigger: a doctor works at their first location, also when the previous release hires them, which does not know of others.
create or replace function keep_location() returns trigger
language plpgsql
set plan_cache_mode to force_generic_plan
as $$
begin
  insert into doctor_locations (doctor_id, location_id)
  values (new.id, new.location_id)
  on conflict do nothing;
  return null;
end
$$;
--> statement-breakpoint
-- When a doctor sees patients at a location inside the window: weekly hours there without time off and closures, whether
-- booked or not. No row once the doctor is retired or the location closed for good.
-- The hours are put on the location's clock date by date. A time inside a spring gap moves forward (02:30 is 03:30), a
-- time that comes twice in autumn is the later one, and a range that would then end before it starts is left out.
--
-- These functions return rows instead of one value, so that PostgreSQL plans them as part of the calling query.
-- `offset 0` makes it compute a part once and not again wherever the part is named.
create or replace function open_time(of_doctor bigint, at_location bigint, within tstzrange) returns table (during tstzmultirange)
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
      union all
      select starts_at at time zone clock.time_zone, ends_at at time zone clock.time_zone
      from closures
      where location_id = at_location
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
    ) absence
    where leaves_at < returns_at
  ) away
  offset 0;
end;
--> statement-breakpoint
-- Replaces the claims of an appointment by these; what stays as it is, is not touched. Raises an error (23P01) when another
-- appointment has one of them at that time, or someone would be on the way between two locations.
--
-- One resource after the other, in the order in which new appointments take theirs: what was given up first could be awaited
-- by someone who has what is taken next, and both would wait for ever.
create or replace function renew_claims(of_appointment bigint, wanted claims[]) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  has_travel constant boolean := exists (select from travel_times);
  pair record;
begin
  if has_travel then
    perform take_turns_to_travel(array(select resource_id from unnest(wanted) where location_id is not null));
  end if;
  for pair in
    select
      coalesce(former.resource_id, claim.resource_id) as resource_id,
      former.resource_id is not null as is_former,
      -- A hold that is only extended stays on the terms on which it was made.
      former is null or (former.during, former.location_id) is distinct from (claim.during, claim.location_id)
        or claim.expires_at is null and former.expires_at is not null as is_elsewhere,
      claim
    from (select * from claims where appointment_id = of_appointment) former
    full join unnest(wanted) claim on claim.resource_id = former.resource_id
    where former is distinct from claim
    order by 1
  loop
    if pair.is_former then
      delete from claims where appointment_id = of_appointment and resource_id = pair.resource_id;
    end if;
    if (pair.claim).resource_id is not null then
      insert into claims select (pair.claim).*;
      if has_travel and pair.is_elsewhere and (pair.claim).location_id is not null and is_on_the_way(
        pair.resource_id, (pair.claim).location_id, (pair.claim).during, '-infinity', of_appointment
      ) then
        raise exception 'Someone would be on the way between two locations.' using errcode = '23P01';
      end if;
    end if;
  end loop;
end
$$;
--> statement-breakpoint
-- Takes everything that a new appointment needs, or nothing. Sorted, so that two requests that need the same things cannot
-- deadlock. `on conflict do nothing` leaves out only what is refused, so the rest is given back; and so it is when someone
-- would be on the way between two locations.
create or replace function take_claims(wanted claims[]) returns boolean
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  has_travel constant boolean := exists (select from travel_times);
  taken integer;
begin
  if has_travel then
    perform take_turns_to_travel(array(select resource_id from unnest(wanted) where location_id is not null));
  end if;
  insert into claims
  select *
  from unnest(wanted)
  order by resource_id
  on conflict do nothing;
  get diagnostics taken = row_count;
  if taken = cardinality(wanted) and not (has_travel and exists (
    select from unnest(wanted) claim
    where claim.location_id is not null
    and is_on_the_way(claim.resource_id, claim.location_id, claim.during, '-infinity', claim.appointment_id)
  )) then
    return true;
  end if;
  delete from claims where appointment_id = wanted[1].appointment_id;
  return false;
end
$$;
--> statement-breakpoint
-- Makes bookings of the same people wait for one another while there are ways between their locations, always in the same
-- order: no constraint keeps the time on the way free, so each has to see what those before it took.
create or replace function take_turns_to_travel(people bigint[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(key)
  from (
    select hashtextextended('person ' || doctor.resource_id, 0) as key
    from doctors doctor
    join doctor_locations work on work.doctor_id = doctor.id
    where doctor.resource_id = any (people)
    and exists (select from travel_times)
    group by doctor.resource_id
    having count(distinct work.location_id) > 1
    order by key
    offset 0
  ) in_order;
end;
--> statement-breakpoint
-- The longest way from a location to another one: how far from an appointment there others can be in its way. A table, like
-- `open_time`.
create or replace function travel_from(at_location bigint) returns table (longest interval)
language sql
stable
begin atomic
  select coalesce(max(minutes), 0) * interval '1 minute'
  from travel_times
  where one_location_id = at_location
  or other_location_id = at_location;
end;
--> statement-breakpoint
-- The terms on which a doctor offers a visit type: a row for each of their locations, or for one when it is given; none when
-- they do not offer it, or one of the three is no longer in use. Starts lie in [earliest, latest).
-- For the front desk only the length, the buffers and the grid count.
create or replace function visit_terms(
  of_doctor bigint, at_location bigint, of_visit_type bigint, by_desk boolean, as_of timestamptz
) returns table (
  location_id bigint, time_zone text, grid interval, lasting interval, buffer_before interval, buffer_after interval,
  daily_cap smallint, earliest timestamptz, latest timestamptz
)
language sql
stable
begin atomic
  select
    location.id,
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
  join doctor_locations work on work.doctor_id = doctor.id and (at_location is null or work.location_id = at_location)
  join locations location on location.id = work.location_id
  where offer.doctor_id = of_doctor
  and offer.visit_type_id = of_visit_type
  and (visit.bookable_online or by_desk)
  and visit.is_active
  and doctor.is_active
  and location.is_active
  offset 0;
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
  select open_time.during - occupied.during
  from open_time(of_doctor, at_location, within)
  cross join lateral (
    -- Widened the other way round, so that the new appointment's own buffers stay out of it as well.
    select coalesce(range_agg(tstzrange(
      lower(claim.during) - buffer_after - way.lasting, upper(claim.during) + buffer_before + way.lasting
    )), '{}') as during
    from (select longest from travel_from(at_location) offset 0) travel
    join claims claim
      on claim.resource_id = (select resource_id from doctors where id = of_doctor)
      and claim.during && tstzrange(
        lower(within) - buffer_before - travel.longest, upper(within) + buffer_after + travel.longest
      )
    cross join lateral (
      select coalesce(
        -- Nothing is looked up for claims at the same location.
        case when claim.location_id <> at_location then (
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
  ) occupied
  offset 0;
end;
--> statement-breakpoint
-- Whether this time at a location is too near to what someone does elsewhere, because they are on the way then. The
-- exclusion constraint does not see that. `except_for` is the appointment that is being moved.
create or replace function is_on_the_way(
  of_resource bigint, at_location bigint, asked tstzrange, as_of timestamptz, except_for bigint
) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select exists (
    select
    from travel_from(at_location) travel
    join claims claim
      on claim.resource_id = of_resource
      and claim.during && tstzrange(lower(asked) - travel.longest, upper(asked) + travel.longest)
    join travel_times way
      on way.one_location_id = least(claim.location_id, at_location)
      and way.other_location_id = greatest(claim.location_id, at_location)
      and claim.during && tstzrange(
        lower(asked) - way.minutes * interval '1 minute', upper(asked) + way.minutes * interval '1 minute'
      )
    where travel.longest > interval '0'
    and (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
  );
end;
--> statement-breakpoint
-- Whether the doctor sees patients at the location during the whole of a time, whether booked or not.
create or replace function is_open_time(of_doctor bigint, at_location bigint, asked tstzrange) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(bool_or(open_time.during @> asked), false) from open_time(of_doctor, at_location, asked);
end;
--> statement-breakpoint
-- The rules for every change that keeps the time and the people: cancel, check in, complete, mark as a no-show, undo
-- these, extend or release a hold.
create or replace function judge_change(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when one.status = wanted.status and one.status <> all (change.from_statuses) then 'already'
      when change.version <> one.event_count then 'stale'
      when one.status <> all (change.from_statuses) then 'wrong_status'
      else case change.event
        when 'appointment.cancelled' then case
          when not acting.by_desk
          and one.start_at - coalesce(visit.cancellation_notice_minutes, 0) * interval '1 minute' <= acting.as_of
            then 'too_late'
        end
        when 'appointment.arrived' then case
          when not local_day(one.start_at, location.time_zone) @> acting.as_of then 'not_today'
        end
        when 'appointment.missed' then case
          when one.start_at > acting.as_of then 'not_yet'
        end
        when 'appointment.extended' then case
          when one.hold_expires_at <= acting.as_of then 'hold_expired'
          when exists (
            select from events
            where appointment_id = one.id
            and kind = change.event
          ) then 'already_extended'
        end
        when 'appointment.reopened' then case
          when not exists (
            select from events last
            where last.appointment_id = one.id
            -- Whose it is says nothing about what is being undone.
            and last.number = (
              select max(number) from events
              where appointment_id = one.id
              and kind <> 'appointment.reassigned'
            )
            and local_day(last.at, location.time_zone) @> acting.as_of
          ) then 'not_today'
          -- A no-show gave its time away, so it may be taken by now.
          when one.status = 'noshow' then (
            select case when mine.part in ('patient', 'companion') then 'patient_busy' else 'slot_taken' end
            from claims mine
            where mine.appointment_id = one.id
            and (
              is_claimed(
                mine.resource_id,
                claimed_time('booked', one.start_at, one.end_at, mine.before_minutes, mine.after_minutes),
                acting.as_of, one.id
              )
              or mine.location_id is not null and is_on_the_way(
                mine.resource_id, mine.location_id,
                claimed_time('booked', one.start_at, one.end_at, mine.before_minutes, mine.after_minutes),
                acting.as_of, one.id
              )
            )
            order by mine.part = any (array['patient', 'companion'])
            limit 1
          )
        end
      end
    end,
    null, null, null, null, null, null,
    one.hold_expires_at + change.longer,
    null, null, null
  )::decision
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  left join visit_types visit on visit.id = one.visit_type_id
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- Where a doctor would see a patient at this time: where they work then, or else at the location that is preferred, or else
-- at their first. Those that are closed for good come last.
create or replace function location_at(of_doctor bigint, asked tstzrange, preferred bigint) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select work.location_id
  from doctor_locations work
  join doctors doctor on doctor.id = work.doctor_id
  join locations location on location.id = work.location_id
  where work.doctor_id = of_doctor
  order by
    not location.is_active,
    case when count(*) over () > 1 then not is_open_time(of_doctor, work.location_id, asked) end,
    coalesce(work.location_id = preferred, false) desc,
    work.location_id = doctor.location_id desc,
    work.location_id
  limit 1;
end;
--> statement-breakpoint
-- The first whole minute inside the window at which an appointment like this one fits into the free time of both its doctor,
-- at its location or any of theirs, and its patient; null when there is none.
create or replace function next_gap(wanted appointments, within tstzrange, as_of timestamptz) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(gap.start_at)
  from doctor_locations work
  cross join lateral free_time(
    work.doctor_id, work.location_id, within, wanted.buffer_before_minutes * interval '1 minute',
    wanted.buffer_after_minutes * interval '1 minute', as_of, wanted.id
  ) free
  cross join lateral unnest(free.during - (
    select coalesce(range_agg(claim.during), '{}')
    from claims claim
    where claim.resource_id = resource_of_patient(wanted.patient_id)
    and claim.during && within
    and (claim.expires_at is null or claim.expires_at > as_of)
    and (wanted.id is null or claim.appointment_id <> wanted.id)
  )) as piece
  cross join lateral (
    select date_trunc('minute', lower(piece) + interval '59.999999 seconds') as start_at
  ) gap
  where work.doctor_id = wanted.doctor_id
  and (wanted.location_id is null or work.location_id = wanted.location_id)
  and upper(piece) - gap.start_at >= wanted.end_at - wanted.start_at;
end;
--> statement-breakpoint
-- Chooses who and what meets the needs of an appointment's visit type. Each need gets, of those who are there and free, what
-- is `named`, or else what the appointment has already, or else the least loaded on that day, then by sort order; as long as
-- enough is left for the needs after it, so that all are met whenever they can be. Answers with these claims and the rest of
-- `named`; null when the needs cannot all be met, unless it `may_lack` some.
--
-- Call it after `take_turns_for_needs`: then nobody else chooses the same at that moment.
create or replace function pick_claims(wanted appointments, named claims[], may_lack boolean, as_of timestamptz)
returns claims[]
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with recursive
  need as materialized (
    select
      row_number() over (order by id)::integer as number, (count(*) over ())::integer as of_all, id,
      case type when 'role' then 'colleague' else type end as part, before_minutes, after_minutes, tstzrange(
        wanted.start_at - before_minutes * interval '1 minute', wanted.end_at + after_minutes * interval '1 minute'
      ) as during
    from visit_type_needs
    where visit_type_id = wanted.visit_type_id
  ),
  free as (
    select need.number, one.resource_id, min(one.doctor_id) as doctor_id, min(one.sort_order) as sort_order
    from need
    join candidates_for_needs(wanted.visit_type_id, wanted.location_id) one on one.need_id = need.id
    where one.resource_id <> (select resource_id from doctors where id = wanted.doctor_id)
    and case
      when one.doctor_id is not null then is_open_time(one.doctor_id, wanted.location_id, need.during)
        and not is_on_the_way(one.resource_id, wanted.location_id, need.during, as_of, wanted.id)
      else (select open.during @> need.during from open_time_of_resource(one.resource_id, need.during) open)
    end
    and not is_claimed(one.resource_id, need.during, as_of, wanted.id)
    group by need.number, one.resource_id
  ),
  -- As many as there are needs are always enough: the other needs cannot take them all.
  candidate as materialized (
    select *
    from (
      select free.*, row_number() over (
        partition by free.number
        order by
          free.resource_id = any (array(select resource_id from unnest(named))) desc,
          exists (select from claims where appointment_id = wanted.id and resource_id = free.resource_id) desc,
          (
            select count(*)
            from claims claim
            where claim.resource_id = free.resource_id
            and claim.during && local_day(wanted.start_at, (select time_zone from locations where id = wanted.location_id))
            and (claim.expires_at is null or claim.expires_at > as_of)
          ),
          free.sort_order,
          free.resource_id
      ) as place
      from free
    ) ranked
    where place <= (select count(*) from need)
  ),
  choice (reached, chosen) as (
    select 0, '{}'::bigint[]
    union all
    select need.number, choice.chosen || coalesce(best.resource_id, 0)
    from choice
    join need on need.number = choice.reached + 1
    left join lateral (
      select one.resource_id
      from candidate one
      where one.number = need.number
      and one.resource_id <> all (choice.chosen)
      and (may_lack or not exists (
        -- Any few of the needs still to come for which too few candidates would be left.
        select
        from generate_series(1, (1 << need.of_all - need.number) - 1) few
        where bit_count(few::bit(8)) > (
          select count(distinct other.resource_id)
          from candidate other
          where other.number > need.number
          and few & (1 << other.number - need.number - 1) <> 0
          and other.resource_id <> all (choice.chosen || one.resource_id)
        )
      ))
      order by one.place
      limit 1
    ) best on true
    where best.resource_id is not null
    or may_lack
  ),
  picked as materialized (
    select need.*, candidate.resource_id, candidate.doctor_id
    from (select chosen from choice order by reached desc limit 1) last
    cross join unnest(last.chosen) with ordinality as pick (resource_id, number)
    join need on need.number = pick.number
    join candidate on candidate.number = pick.number and candidate.resource_id = pick.resource_id
  )
  select array(
    select row(
      wanted.id, resource_id, part, doctor_id, id, before_minutes, after_minutes,
      case when doctor_id is not null then wanted.location_id end,
      claimed_time(wanted.status, wanted.start_at, wanted.end_at, before_minutes, after_minutes), wanted.hold_expires_at
    )::claims
    from picked
    union all
    select claim
    from unnest(named) claim
    where claim.resource_id <> all (array(select resource_id from picked))
  )
  where may_lack
  or (select count(*) from picked) = (select count(*) from need)
  and not exists (
    select from unnest(named) claim
    where claim.part in ('room', 'device')
    and not coalesce((
      select open.during @> claim.during from open_time_of_resource(claim.resource_id, claim.during) open
    ), false)
  );
end;
--> statement-breakpoint
-- Reads a wish against the clinic's data: one row for each doctor who may be meant, or one row without a doctor. Nothing
-- is judged here; what is unknown, not offered or no longer in use is null.
create or replace function read_wish(wanted appointments, wish wish, acting acting) returns table (
  doctor_id bigint, resource_id bigint, patient_id bigint, location_id bigint, time_zone text,
  visit_type_id bigint, lasting interval, buffer_before_minutes smallint, buffer_after_minutes smallint, daily_cap smallint,
  start_at timestamptz, end_at timestamptz
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.id, doctor.resource_id, patient.id,
    case
      when doctor.works_elsewhere and wish.location_id is null then location_at(
        doctor.id, tstzrange(read.start_at, greatest(read.start_at, meeting.end_at)), null
      )
      else coalesce(wish.location_id, doctor.location_id)
    end,
    location.time_zone,
    visit.id, visit.minutes * interval '1 minute', visit.buffer_before_minutes, visit.buffer_after_minutes, visit.daily_cap,
    read.start_at, meeting.end_at
  from (values (wanted.patient_id)) named (patient_id)
  left join (
    (
      select wanted.doctor_id as id where wanted.doctor_id is not null
      union all
      select offer.doctor_id from doctor_visit_types offer
      where wanted.doctor_id is null and offer.visit_type_id = wanted.visit_type_id
    ) meant
    cross join lateral (
      select *, exists (
        select from doctor_locations work
        where work.doctor_id = one.id
        and work.location_id <> one.location_id
      ) as works_elsewhere
      from doctors one
      where one.id = meant.id
      and one.is_active
      and exists (
        select from doctor_locations work
        join locations place on place.id = work.location_id and place.is_active
        where work.doctor_id = one.id
        and (wish.location_id is null or work.location_id = wish.location_id)
      )
      and (wish.specialty is null or one.specialty = wish.specialty)
      offset 0 -- or a plan made for any doctor would read all of them for one
    ) doctor
  ) on true
  -- All locations of a doctor have the same clock.
  left join locations location on location.id = doctor.location_id
  left join patients patient on patient.id = named.patient_id and patient.erased_at is null
  cross join lateral (
    select instant_at(wish.starts, location.time_zone) as start_at, instant_at(wish.ends, location.time_zone) as end_at
  ) read
  left join lateral (
    select kind.*
    from doctor_visit_types offer
    join visit_types kind on kind.id = offer.visit_type_id
    where offer.doctor_id = doctor.id
    -- When none is named, a patient means the doctor's first visit type of exactly that length, and the front desk none.
    and case
      when wanted.visit_type_id is not null then kind.id = wanted.visit_type_id
      else kind.minutes * interval '1 minute' = read.end_at - read.start_at and not acting.by_desk
    end
    and (kind.bookable_online or acting.by_desk)
    and kind.is_active
    order by kind.id
    limit 1
  ) visit on true
  cross join lateral (
    select coalesce(read.end_at, read.start_at + visit.minutes * interval '1 minute') as end_at
  ) meeting;
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
    select one.resource_id, one.doctor_id, unclaimed.during
    from (select distinct resource_id, doctor_id from candidate) one
    cross join lateral (
      -- Two hours on either side are the longest that a need may take.
      select tstzrange(lower(within) - interval '2 hours', upper(within) + lasting + interval '2 hours') as during
    ) around
    cross join lateral (
      select during
      from free_time(one.doctor_id, at_location, around.during, interval '0', interval '0', as_of, except_for)
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
      from open_time_of_resource(one.resource_id, around.during) open
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
-- Why a start is not among `open_slots`; null when it is, or when the doctor does not offer the visit type.
create or replace function judge_slot(
  of_doctor bigint, at_location bigint, of_visit_type bigint, wanted_start timestamptz, by_desk boolean,
  as_of timestamptz, except_for bigint
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
        of_visit_type, terms.location_id, tstzrange(wanted_start, wanted_start, '[]'), terms.lasting,
        doctor.resource_id, as_of, except_for
      )
      from doctors doctor
      where doctor.id = of_doctor
    ) @> wanted_start then 'slot_taken'
  end
  from visit_terms(of_doctor, at_location, of_visit_type, by_desk, as_of) terms
  cross join lateral (
    select
      wanted_start at time zone terms.time_zone as local_start,
      tstzrange(wanted_start, wanted_start + terms.lasting) as during
    offset 0
  ) asked
  cross join lateral open_time(of_doctor, at_location, asked.during)
  cross join lateral free_time(
    of_doctor, at_location, asked.during, terms.buffer_before, terms.buffer_after, as_of, except_for
  )
  cross join lateral load_within(
    of_doctor, of_visit_type, local_day(wanted_start, terms.time_zone), as_of, except_for
  ) load;
end;
--> statement-breakpoint
-- Locks what a wish needs before it can be judged, in five steps:
-- 1. waits for other bookings of the same account, and
-- 2. for those of a visit type with a daily cap, so that each counts those before it;
-- 3. waits for time off or a closure that is being entered;
-- 4. waits for other bookings of people who are on the way between locations, because no constraint sees that;
-- 5. locks expired holds that are in the way or would count, and the browser's other hold: it has one at a time. They are
--    found once for all doctors who may be meant, and checked again when they are locked.
--
-- Answers with the ids of these holds, which the caller releases.
create or replace function lock_to_begin(wanted appointments, wish wish, acting acting) returns bigint[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select take_turns_by_account(acting);

  select
  from doctor_visit_types offer
  join visit_types visit on visit.id = offer.visit_type_id
  join doctors doctor on doctor.id = offer.doctor_id
  where visit.daily_cap is not null
  and (wanted.visit_type_id is null or visit.id = wanted.visit_type_id)
  and offer.doctor_id = any (
    case when wanted.doctor_id is not null then array[wanted.doctor_id] else array(
      select doctor_id from doctor_visit_types where visit_type_id = wanted.visit_type_id
    ) end
  )
  and (wish.location_id is null or exists (
    select from doctor_locations work
    where work.doctor_id = doctor.id
    and work.location_id = wish.location_id
  ))
  and (wish.specialty is null or doctor.specialty = wish.specialty)
  order by offer.doctor_id, offer.visit_type_id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  select take_turns_to_travel(array(
    select doctor.resource_id
    from doctors doctor
    where doctor.id = any (wish.colleague_ids || wanted.doctor_id)
    union all
    select doctor.resource_id
    from doctor_visit_types offer
    join doctors doctor on doctor.id = offer.doctor_id
    where wanted.doctor_id is null
    and offer.visit_type_id = wanted.visit_type_id
    union all
    select doctor.resource_id
    from visit_type_needs need
    join doctors doctor on doctor.role = need.role
    where need.visit_type_id = wanted.visit_type_id
  ))
  where exists (select from travel_times);

  with
  asked as materialized (
    -- Two hours on either side leave room for the longest buffers.
    select asked.*, tstzrange(
      least(start_at, end_at) - interval '2 hours' - travel.longest, end_at + interval '2 hours' + travel.longest
    ) as around
    from read_wish(wanted, wish, acting) asked
    cross join travel_from(asked.location_id) travel
  ),
  locked as (
    select hold.id
    from appointments hold
    where (
      hold.status = 'pending' and hold.hold_expires_at <= acting.as_of
      or hold.status = 'pending' and hold.stranger_id = wanted.stranger_id
    )
    and hold.id = any (array(
      -- A hold that no longer counts has to go, or a request whose clock is a little behind might still book or extend
      -- it. Holds of others from the same network address stay: their owners may still book them late.
      select hold.appointment_id
      from asked
      join claims hold on hold.resource_id = asked.resource_id and hold.during && asked.around
      where hold.expires_at <= acting.as_of
      union all
      select hold.id
      from asked
      join appointments hold on hold.doctor_id = asked.doctor_id
      where asked.daily_cap is not null
      and hold.visit_type_id = asked.visit_type_id
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      union all
      select hold.id
      from appointments hold
      where hold.patient_id = wanted.patient_id
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      and (wanted.status = 'pending' or exists (
        select from asked where tstzrange(hold.start_at, hold.end_at) && asked.around
      ))
      union all
      select hold.id
      from appointments hold
      where hold.patient_id = any (
        array(select patient_id from account_patients where account_id = acting.account_id)
      )
      and wanted.status = 'pending'
      and not acting.by_desk
      and hold.start_at > acting.as_of - interval '8 hours'
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      union all
      select hold.id
      from appointments hold
      where hold.status = 'pending'
      and hold.stranger_id = wanted.stranger_id
      and not exists (
        select from asked
        where asked.doctor_id = hold.doctor_id
        and asked.visit_type_id is not distinct from hold.visit_type_id
        and asked.start_at = hold.start_at
        and asked.end_at = hold.end_at
      )
    ))
    order by id
    for update
  )
  select array(select id from locked);
end;
--> statement-breakpoint
-- Locks what a change of time needs before it can be judged, in five steps:
-- 1. to book a hold, waits for other bookings of the same account, and
-- 2. for those of a visit type with a daily cap, so that each counts those before it;
-- 3. waits for time off or a closure that is being entered;
-- 4. waits for other bookings of people who are on the way between locations, because no constraint sees that;
-- 5. locks the appointment and the expired holds of the doctor and the patient around that time, in the order of their
--    ids. The appointment is among them because it may itself be a hold that another request is releasing.
--
-- Answers with the ids of these holds, which the caller releases.
create or replace function lock_to_change(wanted appointments, change change, acting acting) returns bigint[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select take_turns_by_account(acting)
  where change.event = 'appointment.booked';

  select
  from appointments one
  join visit_types visit on visit.id = one.visit_type_id and visit.daily_cap is not null
  join doctor_visit_types offer
    on offer.visit_type_id = visit.id and offer.doctor_id = coalesce(wanted.doctor_id, one.doctor_id)
  where one.id = wanted.id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  select take_turns_to_travel(array(
    select claim.resource_id
    from claims claim
    where claim.appointment_id = wanted.id
    union all
    select doctor.resource_id
    from doctors doctor
    where doctor.id = wanted.doctor_id
    union all
    select doctor.resource_id
    from appointments one
    join visit_type_needs need on need.visit_type_id = any (array[one.visit_type_id, wanted.visit_type_id])
    join doctors doctor on doctor.role = need.role
    where one.id = wanted.id
  ))
  where exists (select from travel_times);

  with
  busy as materialized (
    select
      -- Booking a hold takes no other time of the doctor than the hold's own.
      case when change.event <> 'appointment.booked' then doctor.id end as doctor_id,
      coalesce(wanted.patient_id, one.patient_id, change.default_patient_id) as patient_id,
      -- Wide enough for the whole local day, in which a daily cap counts.
      coalesce(instant_at(change.starts, location.time_zone), one.start_at) - interval '36 hours' as earliest,
      coalesce(instant_at(change.starts, location.time_zone), one.start_at) + interval '36 hours' as latest
    from appointments one
    join doctors doctor on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
    join locations location on location.id = doctor.location_id
    where one.id = wanted.id
  ),
  locked as (
    select hold.id
    from appointments hold
    where hold.id = any (array(
      select wanted.id
      union all
      select other.id
      from busy
      join appointments other on other.doctor_id = busy.doctor_id
      where other.start_at between busy.earliest and busy.latest
      and other.status = 'pending'
      and other.hold_expires_at <= acting.as_of
      union all
      select other.id
      from busy
      join appointments other on other.patient_id = busy.patient_id
      where other.start_at between busy.earliest and busy.latest
      and other.status = 'pending'
      and other.hold_expires_at <= acting.as_of
    ))
    and (hold.id = wanted.id or hold.status = 'pending' and hold.hold_expires_at <= acting.as_of)
    order by hold.id
    for update
  )
  select array(select id from locked where id <> wanted.id);
end;
--> statement-breakpoint
-- The starts inside the window that can be booked, at one of the doctor's locations or, without one, at any. The booking pages list them, and a booking asks for the window
-- [start, start], so both follow the same rules.
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
    select case when exists (select from visit_type_needs where visit_type_id = of_visit_type) then (
      select starts_with_needs(
        of_visit_type, terms.location_id, tstzrange(bounds.first_start, bounds.last_start), terms.lasting,
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
--> statement-breakpoint
-- Every start that a doctor offers for a visit type on these local dates, both included, at one of their locations or any;
-- no row for an unknown doctor. The lists hold minutes since 1970: the starts, and starts and ends on the wall clock.
-- Written as dates they would take four times as long. `places` has the location of each start, unless there is only one.
--
-- `except_for` is the appointment that is being moved: what it occupies counts as free.
create or replace function free_starts(
  of_doctor bigint, at_location bigint, of_visit_type bigint, first_date date, last_date date, by_desk boolean,
  as_of timestamptz, except_for bigint
) returns table (
  doctor text, locations json, time_zone text,
  visit_type_is_known boolean, is_offered boolean, visit_minutes smallint,
  starts json, local_starts json, local_ends json, places json
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.name, work.places, location.time_zone,
    visit.is_active is true and (visit.bookable_online or by_desk),
    doctor.is_active and work.is_in_use and exists (
      select from doctor_visit_types offer
      where offer.doctor_id = of_doctor and offer.visit_type_id = of_visit_type
    ),
    visit.minutes, slots.starts, slots.local_starts, slots.local_ends, slots.places
  from doctors doctor
  join locations location on location.id = doctor.location_id
  cross join lateral (
    select
      json_agg(json_build_object('id', place.id, 'name', place.name) order by place.id) as places, count(*) as number,
      bool_or(place.is_active) as is_in_use
    from doctor_locations pair
    join locations place on place.id = pair.location_id
    where pair.doctor_id = of_doctor
    offset 0
  ) work
  left join visit_types visit on visit.id = of_visit_type
  cross join lateral (
    select
      json_agg((date_part('epoch', slot.start_at) / 60)::integer order by slot.start_at) as starts,
      json_agg(
        (date_part('epoch', slot.start_at at time zone location.time_zone) / 60)::integer order by slot.start_at
      ) as local_starts,
      json_agg(
        (date_part('epoch', slot.end_at at time zone location.time_zone) / 60)::integer order by slot.start_at
      ) as local_ends,
      json_agg(slot.location_id order by slot.start_at) filter (where work.number > 1) as places
    from open_slots(
      of_doctor, at_location, of_visit_type,
      tstzrange(
        first_date::timestamp at time zone location.time_zone,
        (last_date + 1)::timestamp at time zone location.time_zone
      ),
      by_desk, as_of, except_for
    ) slot
  ) slots
  where doctor.id = of_doctor;
end;
--> statement-breakpoint
-- Whether `open_slots` offers a start. Like the other functions with a plan of their own, it is planned once per session:
-- planning takes ten times as long as the answer.
create or replace function is_open_slot(
  of_doctor bigint, at_location bigint, of_visit_type bigint, wanted timestamptz, by_desk boolean, as_of timestamptz,
  except_for bigint
) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select exists (
    select
    from open_slots(
      of_doctor, at_location, of_visit_type, tstzrange(wanted, wanted, '[]'), by_desk, as_of, except_for
    )
  );
end;
--> statement-breakpoint
-- The rules for a new appointment: why a hold, a booking or a walk-in is refused; null when only a constraint can still
-- refuse it. One row for each doctor who may be meant. The first is the one to try, the doctor with the least to do that
-- day; when all refuse, it has the verdict that a small change of the wish is likely to overcome.
create or replace function judge_beginning(wanted appointments, wish wish, acting acting) returns table (
  verdict text, doctor_id bigint, location_id bigint, visit_type_id bigint, start_at timestamptz, end_at timestamptz,
  buffer_before_minutes smallint, buffer_after_minutes smallint
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  account as materialized (
    select judge_account(wanted, acting) as verdict
  ),
  judged as materialized (
    select asked.*, case
      when asked.doctor_id is null and wanted.doctor_id is null then 'not_offered'
      -- Retired, or of a location that is closed for good.
      when asked.doctor_id is null and exists (
        select from doctors retired
        where retired.id = wanted.doctor_id
        and not (retired.is_active and exists (
          select from doctor_locations work
          join locations place on place.id = work.location_id and place.is_active
          where work.doctor_id = retired.id
          and (wish.location_id is null or work.location_id = wish.location_id)
        ))
      ) then 'not_offered'
      when asked.doctor_id is null then 'no_doctor'
      when asked.patient_id is null and wanted.patient_id is not null then 'no_patient'
      when judge_patient(asked.patient_id, null, acting) = 'patient_inactive' then 'patient_inactive'
      when asked.visit_type_id is null and (not acting.by_desk or wanted.visit_type_id is not null) then 'not_offered'
      when asked.end_at <= asked.start_at then 'not_after_start'
      when asked.end_at - asked.start_at < interval '5 minutes' then 'too_short'
      when asked.end_at - asked.start_at > interval '8 hours' then 'too_long'
      -- A walk-in may have begun within the present minute.
      when asked.start_at < case
        when wanted.status = 'arrived' then date_trunc('minute', acting.as_of)
        else acting.as_of
      end then 'in_the_past'
      when asked.end_at - asked.start_at <> asked.lasting and not acting.by_desk then 'not_the_length'
      when wanted.status = 'arrived' and not local_day(acting.as_of, asked.time_zone) @> asked.start_at then 'not_today'
      when wanted.status = 'pending' and wanted.patient_id is null and (
        wish.most_holds <= (
          select count(*)
          from appointments hold
          where hold.stranger_address_hash = wanted.stranger_address_hash
          and hold.status = 'pending'
          and hold.hold_expires_at > acting.as_of
        )
        or 4 * wish.most_holds <= (
          select count(*)
          from appointments hold
          where hold.stranger_wider_hash = wanted.stranger_wider_hash
          and hold.status = 'pending'
          and hold.hold_expires_at > acting.as_of
        )
      ) then 'too_many_holds'
      when account.verdict = 'too_many_holds' then 'too_many_holds'
      when account.verdict = 'too_many_appointments' then 'too_many_appointments'
      -- The number can still be added while the time is held.
      when wanted.status <> 'pending'
      and judge_patient(asked.patient_id, asked.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
      -- The front desk books at any minute of the doctor's hours, and outside them with a reason.
      when acting.by_desk then case
        when wanted.override_reason is null
        and not is_open_time(asked.doctor_id, asked.location_id, tstzrange(asked.start_at, asked.end_at))
          then 'outside_hours'
        when is_on_the_way(
          asked.resource_id, asked.location_id,
          claimed_time(
            wanted.status, asked.start_at, asked.end_at, coalesce(asked.buffer_before_minutes, 0),
            coalesce(asked.buffer_after_minutes, 0)
          ),
          acting.as_of, null
        ) then 'slot_taken'
      end
      when not is_open_slot(
        asked.doctor_id, asked.location_id, asked.visit_type_id, asked.start_at, false, acting.as_of, null
      ) then coalesce(
        judge_slot(
          asked.doctor_id, asked.location_id, asked.visit_type_id, asked.start_at, false, acting.as_of, null
        ),
        'slot_taken'
      )
    end as verdict
    from read_wish(wanted, wish, acting) asked
    cross join account
  )
  select
    judged.verdict, judged.doctor_id, judged.location_id, judged.visit_type_id, judged.start_at, judged.end_at,
    coalesce(judged.buffer_before_minutes, 0::smallint), coalesce(judged.buffer_after_minutes, 0::smallint)
  from judged
  order by
    judged.verdict is not null,
    array_position(array[
      'slot_taken', 'off_grid', 'day_full', 'short_notice', 'outside_hours', 'in_the_past', 'beyond_horizon', 'not_offered'
    ], judged.verdict),
    case when wanted.doctor_id is null and judged.verdict is null then (
      select load.appointments
      from load_within(judged.doctor_id, null, local_day(judged.start_at, judged.time_zone), acting.as_of) load
    ) end,
    judged.doctor_id;
end;
--> statement-breakpoint
-- The rules for booking a hold. Its notice and horizon were judged when it was held; whether the doctor is there is judged
-- again. A hold that has expired may still be booked while its slot is open.
create or replace function judge_hold_booking(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when one.status = 'booked' and one.patient_id = named.patient_id and exists (
        select from events
        where appointment_id = one.id
        and number = 1
        and kind = 'appointment.held'
      ) then 'already'
      when one.status = 'cancelled' and one.hold_expires_at is not null then 'hold_expired'
      when one.status <> 'pending' then 'wrong_status'
      when named.patient_id is null then 'patient_missing'
      when patient.id is null then 'no_patient'
      when judge_patient(patient.id, one.visit_type_id, acting) = 'patient_inactive' then 'patient_inactive'
      when judge_patient(patient.id, one.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
      when one.start_at < acting.as_of then 'in_the_past'
      when one.hold_expires_at <= acting.as_of
      and not acting.by_desk
      and not is_open_slot(
        one.doctor_id, place.location_id, one.visit_type_id, one.start_at, false, acting.as_of, one.id
      )
      then 'hold_expired'
      -- Its own claim kept nobody from the way to it once it had expired.
      when is_on_the_way(
        doctor.resource_id, place.location_id,
        claimed_time('booked', one.start_at, one.end_at, one.buffer_before_minutes, one.buffer_after_minutes),
        acting.as_of, one.id
      ) then 'hold_expired'
      when judge_account(wanted, acting) is not null then 'too_many_appointments'
      when one.visit_type_id is not null
      and not exists (select from visit_terms(one.doctor_id, place.location_id, one.visit_type_id, true, acting.as_of))
        then 'not_offered'
      when not is_open_time(one.doctor_id, place.location_id, tstzrange(one.start_at, one.end_at)) then 'outside_hours'
      when is_claimed(
        resource_of_patient(patient.id), tstzrange(one.start_at, one.end_at), acting.as_of, one.id
      ) then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null, null, null
  )::decision
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  cross join lateral (select coalesce(one.location_id, doctor.location_id) as location_id) place
  cross join lateral (
    select coalesce(wanted.patient_id, one.patient_id, change.default_patient_id) as patient_id
  ) named
  left join patients patient on patient.id = named.patient_id and patient.erased_at is null
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- The first slot inside the window at which the patient is free too, at one of the doctor's locations or any; null when there is none.
create or replace function next_slot(
  of_doctor bigint, at_location bigint, of_visit_type bigint, of_patient bigint, within tstzrange, as_of timestamptz,
  except_for bigint
) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(slot.start_at)
  from open_slots(of_doctor, at_location, of_visit_type, within, false, as_of, except_for) slot
  where not exists (
    select from claims
    where resource_id = resource_of_patient(of_patient)
    and during && tstzrange(slot.start_at, slot.end_at)
    and (expires_at is null or expires_at > as_of)
    and (except_for is null or appointment_id <> except_for)
  );
end;
--> statement-breakpoint
-- After a refusal: whether the doctor and the patient are occupied at the time that was wanted, and the next time on that
-- day that is free. No row when the wish names no possible time.
create or replace function find_next_free(wanted appointments, wish wish, acting acting) returns table (
  time_zone text, doctor_is_taken boolean, patient_is_busy boolean,
  next_start_at timestamptz, next_end_at timestamptz, next_start_local text, next_end_local text
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    asked.time_zone,
    is_claimed(asked.resource_id, tstzrange(asked.start_at, asked.end_at), acting.as_of),
    is_claimed(resource_of_patient(asked.patient_id), tstzrange(asked.start_at, asked.end_at), acting.as_of),
    next.start_at,
    next.start_at + (asked.end_at - asked.start_at),
    to_char(next.start_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    to_char((next.start_at + (asked.end_at - asked.start_at)) at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI')
  from (
    select *
    from read_wish(wanted, wish, acting) candidate
    where candidate.start_at < candidate.end_at
    offset 0 -- or PostgreSQL might search for a free time before it checks this
  ) asked
  cross join lateral (
    select tstzrange(
      greatest(asked.start_at, acting.as_of),
      greatest(
        asked.start_at,
        acting.as_of,
        ((asked.start_at at time zone asked.time_zone)::date + 1)::timestamp at time zone asked.time_zone
      )
    ) as during
  ) rest_of_day
  cross join lateral (
    select case
      when acting.by_desk then next_gap(
        jsonb_populate_record(null::appointments, jsonb_build_object(
          'doctor_id', asked.doctor_id, 'location_id', wish.location_id, 'patient_id', asked.patient_id,
          'visit_type_id', asked.visit_type_id, 'start_at', asked.start_at, 'end_at', asked.end_at,
          'buffer_before_minutes', coalesce(asked.buffer_before_minutes, 0),
          'buffer_after_minutes', coalesce(asked.buffer_after_minutes, 0)
        )),
        rest_of_day.during, acting.as_of
      )
      else next_slot(
        asked.doctor_id, wish.location_id, asked.visit_type_id, asked.patient_id, rest_of_day.during, acting.as_of, null
      )
    end as start_at
  ) next
  order by next.start_at, asked.doctor_id
  limit 1;
end;
--> statement-breakpoint
-- The rules for moving an appointment to another time, possibly to another doctor.
-- * A patient may move it until the notice before its start (`too_late`), to any open slot; the slot is judged as if the
--   appointment itself were not there. A move may not shorten the notice: the new start must keep the visit type's
--   notice too (`short_notice`, by way of `open_slots`).
-- * The front desk may move it to any time at which nothing else occupies the doctor.
-- Unless a location is named, it goes where the doctor works then; one that keeps its time keeps its place.
create or replace function judge_move(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as (
    select
      one.*, doctor.id as new_doctor_id, doctor.resource_id as new_resource_id,
      doctor.is_active as is_in_use, read.start_at as new_start_at,
      coalesce(
        instant_at(change.ends, location.time_zone),
        read.start_at + case when acting.by_desk then usual.length else coalesce(visit.lasting, usual.length) end
      ) as new_end_at,
      coalesce(visit.buffer_before_minutes, one.buffer_before_minutes) as new_buffer_before,
      coalesce(visit.buffer_after_minutes, one.buffer_after_minutes) as new_buffer_after,
      visit.lasting, coalesce(visit.notice, interval '0') as notice, location.time_zone
    from appointments one
    cross join lateral (select one.end_at - one.start_at as length) usual
    left join doctors doctor
      on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
      and (wanted.location_id is null or exists (
        select from doctor_locations work
        where work.doctor_id = doctor.id
        and work.location_id = wanted.location_id
      ))
    -- All locations of a doctor have the same clock.
    left join locations location on location.id = doctor.location_id
    left join lateral (
      select
        kind.buffer_before_minutes, kind.buffer_after_minutes, kind.minutes * interval '1 minute' as lasting,
        kind.cancellation_notice_minutes * interval '1 minute' as notice
      from visit_types kind
      where kind.id = one.visit_type_id
    ) visit on true
    cross join lateral (select instant_at(change.starts, location.time_zone) as start_at) read
    where one.id = wanted.id
  ),
  placed as (
    select asked.*, (new_doctor_id, new_start_at, new_end_at) = (doctor_id, start_at, end_at) as keeps_time, case
      when wanted.location_id is not null then wanted.location_id
      when (new_doctor_id, new_start_at, new_end_at) = (doctor_id, start_at, end_at) and location_id is not null
        then location_id
      else location_at(new_doctor_id, tstzrange(new_start_at, greatest(new_start_at, new_end_at)), location_id)
    end as new_location_id
    from asked
  ),
  judged as (
    select placed.*, case
      when status <> 'booked' then 'wrong_status'
      when new_doctor_id is null then 'no_doctor'
      when keeps_time and new_location_id = coalesce(location_id, new_location_id) then 'already'
      when change.version <> event_count then 'stale'
      when not acting.by_desk and start_at - notice <= acting.as_of then 'too_late'
      when new_end_at <= new_start_at then 'not_after_start'
      when new_end_at - new_start_at < interval '5 minutes' then 'too_short'
      when new_end_at - new_start_at > interval '8 hours' then 'too_long'
      when new_start_at < acting.as_of then 'in_the_past'
      when acting.by_desk
      and not (is_in_use and exists (select from locations where id = new_location_id and is_active)) then 'not_offered'
      when acting.by_desk and new_doctor_id <> doctor_id and visit_type_id is not null
      and not exists (select from visit_terms(new_doctor_id, new_location_id, visit_type_id, true, acting.as_of))
        then 'not_offered'
      when acting.by_desk
      and wanted.override_reason is null
      and not is_open_time(new_doctor_id, new_location_id, tstzrange(new_start_at, new_end_at)) then 'outside_hours'
      when acting.by_desk and (
        is_claimed(
          new_resource_id,
          claimed_time('booked', new_start_at, new_end_at, new_buffer_before, new_buffer_after), acting.as_of, placed.id
        )
        or is_on_the_way(
          new_resource_id, new_location_id,
          claimed_time('booked', new_start_at, new_end_at, new_buffer_before, new_buffer_after), acting.as_of, placed.id
        )
      ) then 'slot_taken'
      when not acting.by_desk
      and not exists (select from visit_terms(new_doctor_id, null, visit_type_id, false, acting.as_of)) then 'not_offered'
      when not acting.by_desk and new_end_at - new_start_at <> lasting then 'not_the_length'
      when not acting.by_desk
      and not is_open_slot(new_doctor_id, new_location_id, visit_type_id, new_start_at, false, acting.as_of, id)
        then coalesce(
          judge_slot(new_doctor_id, new_location_id, visit_type_id, new_start_at, false, acting.as_of, id), 'slot_taken'
        )
      when is_claimed(
        resource_of_patient(placed.patient_id), tstzrange(new_start_at, new_end_at), acting.as_of, placed.id
      ) then 'patient_busy'
    end as verdict
    from placed
  )
  select row(
    verdict, new_doctor_id, patient_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after, null,
    case
      when verdict not in ('slot_taken', 'patient_busy', 'outside_hours', 'off_grid', 'short_notice') then null
      when acting.by_desk then next_gap(
        jsonb_populate_record(null::appointments, jsonb_build_object(
          'id', id, 'doctor_id', new_doctor_id, 'location_id', wanted.location_id, 'patient_id', patient_id,
          'visit_type_id', visit_type_id, 'start_at', new_start_at, 'end_at', new_end_at,
          'buffer_before_minutes', new_buffer_before, 'buffer_after_minutes', new_buffer_after
        )),
        rest_of_day, acting.as_of
      )
      else next_slot(new_doctor_id, wanted.location_id, visit_type_id, patient_id, rest_of_day, acting.as_of, id)
    end,
    null, new_location_id
  )::decision
  from judged
  cross join lateral (
    select tstzrange(
      greatest(new_start_at, acting.as_of),
      greatest(new_start_at, acting.as_of, upper(local_day(new_start_at, time_zone)))
    ) as rest_of_day
  ) late;
end;
--> statement-breakpoint
comment on function free_starts(bigint,bigint,date,date,boolean,timestamp with time zone,bigint) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function free_time(bigint,tstzrange,interval,interval,timestamp with time zone,bigint) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function is_open_slot(bigint,bigint,timestamp with time zone,boolean,timestamp with time zone,bigint) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function is_open_time(bigint,tstzrange) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function judge_slot(bigint,bigint,timestamp with time zone,boolean,timestamp with time zone,bigint) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function next_gap(bigint,bigint,tstzrange,interval,interval,interval,timestamp with time zone,bigint) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function next_slot(bigint,bigint,bigint,tstzrange,timestamp with time zone,bigint) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function open_slots(bigint,bigint,tstzrange,boolean,timestamp with time zone,bigint) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function open_time(bigint,tstzrange) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function visit_terms(bigint,bigint,boolean,timestamp with time zone) is 'Retired in release 0.1.0';

--> statement-breakpoint
drop function if exists free_starts(bigint, bigint, date, date, boolean, timestamptz, bigint);
--> statement-breakpoint
create or replace trigger doctors_work_somewhere
after insert or update of location_id on doctors
for each row execute function keep_location();
--> statement-breakpoint
create or replace trigger appointments_keep_claims
after update on appointments
for each row
when (
  (old.status, old.doctor_id, old.patient_id, old.session_id, old.start_at, old.end_at, old.buffer_before_minutes,
    old.buffer_after_minutes, old.hold_expires_at)
  is distinct from
  (new.status, new.doctor_id, new.patient_id, new.session_id, new.start_at, new.end_at, new.buffer_before_minutes,
    new.buffer_after_minutes, new.hold_expires_at)
  -- Not where the location is only filled in.
  or old.location_id <> new.location_id
)
execute function keep_claims();
--> statement-breakpoint
-- Those whom the previous release has hired meanwhile.
insert into doctor_locations (doctor_id, location_id) select id, location_id from doctors on conflict do nothing;

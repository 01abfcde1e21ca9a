-- Trigger: keeps the claims of an appointment in step with its row, whatever wrote it. A function that begins an appointment
-- takes its claims first, to be told without an error when one is refused.
--
-- Runs with the owner's rights: whoever may write an appointment's row need not be able to write claims. `pg_temp` comes last,
-- or a caller's temporary tables would stand in for the clinic's.
create or replace function keep_claims() returns trigger
language plpgsql
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from claims where appointment_id = new.id) then
      insert into claims select claim.* from claims_of(new) claim order by claim.resource_id;
    end if;
  else
    perform renew_claims(new.id, array(
      select claim from claims_of(new) claim
      union all
      select claim from other_claims_of(new) claim
    ));
  end if;
  return null;
end
$$;
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
  select case when isempty(open_time.during) then open_time.during else open_time.during - (
    -- Widened the other way round, so that the new appointment's own buffers stay out of it as well.
    select coalesce(range_agg(tstzrange(
      lower(claim.during) - buffer_after - way.lasting, upper(claim.during) + buffer_before + way.lasting
    )), '{}')
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
  ) end
  from open_time(of_doctor, at_location, within)
  offset 0;
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
  from doctor_locations work
  cross join lateral (
    select case when exists (select from visit_type_needs where visit_type_id = of_visit_type) then (
      select starts_with_needs(
        of_visit_type, work.location_id, within, visit.minutes * interval '1 minute', doctor.resource_id, as_of,
        except_for
      )
      from doctors doctor
      join visit_types visit on visit.id = of_visit_type
      where doctor.id = of_doctor
    ) end as starts
    offset 0
  ) needs
  cross join lateral doctor_slots(
    of_doctor, work.location_id, of_visit_type, within, by_desk, as_of, except_for
  ) slot
  where work.doctor_id = of_doctor
  and (at_location is null or work.location_id = at_location)
  and (needs.starts is null or needs.starts @> slot.start_at);
end;

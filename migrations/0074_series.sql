-- A series without its appointments, as verbs answer with it; null when there is none.
create or replace function series_details(of_series bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select jsonb_build_object(
    'id', one.id,
    'patient_id', coalesce(patient.moved_to_id, one.patient_id),
    'rule', one.rule,
    'created_at', one.created_at
  )
  from series one
  join patients patient on patient.id = one.patient_id
  where one.id = of_series;
end;
--> statement-breakpoint
-- Makes everything that books or changes a whole series wait for one another, and for changes that take time of the same
-- doctors and patients (`take_turns_to_change`). A series takes claims at many times: one that goes forward and one that
-- goes back would otherwise wait for each other.
create or replace function take_turns_in_series(doctor_ids bigint[], patient_ids bigint[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(hashtext('series'));

  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended(who, 0) as key
    from (
      select 'doctor ' || id as who from unnest(doctor_ids) id
      union all
      select 'patient ' || id from unnest(patient_ids) id
    ) busy
    where who is not null
    order by key
    offset 0
  ) in_order;
end;
--> statement-breakpoint
-- A request for a series, apart from the columns that all its appointments have: those are in `wanted`.
create type series_request as (
  -- The first start as the client wrote it. Without a length, the visit type says how long each takes.
  starts text,
  minutes integer,
  -- The rule: every so many of this unit (`day`, `week`), on these weekdays (ISO 8601), so many times or until a date.
  every integer,
  unit text,
  weekdays integer[],
  count integer,
  until date,
  -- Dates of the rule that are left out, and other starts for some of its dates, such as
  -- {"2026-12-24": "2026-12-23T10:00"}.
  skip date[],
  changes jsonb,
  -- Only asks what booking it would answer.
  is_preview boolean
);
--> statement-breakpoint
-- Books every appointment of a series or none, or previews what booking it would answer. A preview books and gives everything
-- back, so what it calls free is free for the whole series. No rule is written here, only the order of the steps.
--
-- Answers with four lists: the series or the verdict against all of it; each date with its verdict and, when it is refused,
-- times near it; the appointments; the holds that this transaction released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function book_series(wanted appointments, request series_request, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  against_all text;
  planned record;
  wish wish;
  wishes wish[] := '{}';
  dates jsonb[] := '{}';
  released bigint[] := '{}';
  hold bigint;
  booked jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  wanted.patient_id := follow_patient(wanted.patient_id);
  perform take_turns_in_series(array[wanted.doctor_id], array[wanted.patient_id]);
  against_all := judge_series(wanted, request);
  if against_all is null then
    for planned in select * from starts_of_series(wanted, request) loop
      wish.event := 'appointment.booked';
      wish.starts := in_utc(planned.start_at);
      wish.ends := in_utc(planned.start_at + request.minutes * interval '1 minute');
      wishes := wishes || wish;
      dates := dates || jsonb_build_object('date', to_char(planned.date, 'YYYY-MM-DD'), 'time_zone', planned.time_zone);
      released := released || lock_to_begin(wanted, wish, acting);
    end loop;
    released := array(select distinct unnest(released) order by 1);
    foreach hold in array released loop
      perform release_hold(hold, acting);
    end loop;
    begin
      wanted.series_id := insert_series(wanted, request, acting);
      dates := insert_dates(wanted, wishes, dates, acting);
      if request.is_preview or exists (select from unnest(dates) date where date ->> 'verdict' is not null) then
        raise exception 'None of it is booked.' using errcode = 'AL409';
      end if;
      booked := list_appointments(array(select id from appointments where series_id = wanted.series_id));
    exception when sqlstate 'AL409' then
      wanted.series_id := null;
    end;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(jsonb_build_object('verdict', against_all) || coalesce(series_details(wanted.series_id), '{}')),
    to_jsonb(dates), booked,
    case when released = '{}' then '[]' else list_appointments(released) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Moves or cancels one appointment of a series, or that one and all that follow it: all of them or none. What has begun, is
-- over or was cancelled stays as it is. Every move is by as much on the wall clock as the first one's. No rule is written
-- here, only the order of the steps: `change_appointment` judges and changes each.
--
-- Answers with five lists: the series with the verdict against the change as a whole; each appointment that cannot be
-- changed, with its verdict; those that were changed; all appointments of the series; the holds that this transaction
-- released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_series(
  of_series bigint, from_appointment bigint, with_following boolean, wanted appointments, change change, acting acting
) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_move constant boolean := change.event = 'appointment.rescheduled';
  first_start constant text := change.starts;
  quiet acting := acting;
  former claims[];
  asked record;
  chosen record;
  answer jsonb;
  details jsonb;
  refused jsonb := '[]';
  changed jsonb := '[]';
  released jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  quiet.idempotency_key := null; -- the request itself claims the key, once
  perform follow_patient(null);
  perform take_turns_in_series(array_agg(doctor_id) || wanted.doctor_id, array_agg(patient_id))
  from appointments
  where series_id = of_series;
  perform pg_advisory_xact_lock_shared(hashtext('absences'));
  perform from appointments where series_id = of_series order by id for update;
  select * into asked from judge_series_change(of_series, from_appointment, with_following, wanted, change, acting);
  if asked.verdict is null then
    begin
      -- None of them is in the way of another.
      former := array(select claim from claims claim where is_move and appointment_id = any (asked.ids));
      update claims set during = null where is_move and appointment_id = any (asked.ids);
      for chosen in
        select one.*, location.time_zone
        from appointments one
        join locations location on location.id = one.location_id
        where one.id = any (asked.ids)
        order by one.start_at
      loop
        wanted.id := chosen.id;
        change.version := null;
        change.starts := case
          when not is_move then null
          when chosen.id = from_appointment and first_start is not null then first_start
          when asked.shift = interval '0' then in_utc(chosen.start_at)
          else to_char((chosen.start_at at time zone chosen.time_zone) + asked.shift, 'YYYY-MM-DD"T"HH24:MI')
        end;
        answer := change_appointment(wanted, change, quiet);
        details := answer -> 0 -> 0;
        released := released || (answer -> 1);
        if details ->> 'verdict' is null then
          changed := changed || details;
        elsif details ->> 'verdict' <> 'already' then
          refused := refused || details;
        else
          update claims
          set during = was.during
          from unnest(former) was
          where claims.appointment_id = chosen.id
          and was.appointment_id = chosen.id
          and was.resource_id = claims.resource_id;
        end if;
      end loop;
      if refused <> '[]' then
        raise exception 'None of it is changed.' using errcode = 'AL409';
      end if;
    exception when sqlstate 'AL409' then
      changed := '[]';
      released := '[]';
    end;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(jsonb_build_object('verdict', asked.verdict) || coalesce(series_details(of_series), '{}')),
    refused, changed,
    list_appointments(array(select id from appointments where series_id = of_series)), released
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- The dates on which a rule repeats, from the first date on; at most 53, because a series of more than 52 is refused. Weeks
-- begin on Monday. The first date counts only when the rule falls on it.
create or replace function dates_of_series(first_date date, request series_request) returns setof date
language sql
immutable
rows 12
set plan_cache_mode to force_generic_plan
begin atomic
  select date
  from (
    select first_date + n * request.every as date
    from generate_series(0, 52) n
    where request.unit = 'day'
    union
    select first_date - extract(isodow from first_date)::integer + 7 * n * request.every + weekday
    from generate_series(0, 53) n
    cross join unnest(coalesce(request.weekdays, array[extract(isodow from first_date)::integer])) weekday
    where request.unit = 'week'
  ) repeated
  where date >= first_date
  and (request.until is null or date <= request.until)
  order by date
  limit least(request.count, 53);
end;
--> statement-breakpoint
-- Up to three times near the one that was wanted at which the appointment can really begin: each is tried and undone.
create or replace function find_alternatives(wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  candidate timestamptz;
  begun beginning;
  length interval;
  found_details jsonb := '[]';
begin
  select end_at - start_at into length from read_wish(wanted, wish, acting) limit 1;
  for candidate in select * from nearest_starts(wanted, wish, acting) loop
    wish.starts := in_utc(candidate);
    wish.ends := case when wish.ends is not null then in_utc(candidate + length) end;
    begin
      begun := insert_appointment(wanted, wish, acting);
      if begun.id is not null then
        found_details := found_details || appointment_details(begun.id);
      end if;
      raise exception 'This was only tried.' using errcode = 'AL409';
    exception when sqlstate 'AL409' then
      exit when jsonb_array_length(found_details) = 3;
    end;
  end loop;
  return found_details;
end
$$;
--> statement-breakpoint
-- Inserts the appointments of a series, in the order of time, and adds to each date when it is, the verdict against it and,
-- when it is refused, times near it. These are looked for last, when all dates that are free are taken. A reason to override
-- goes only to the dates that need it.
create or replace function insert_dates(wanted appointments, wishes wish[], dates jsonb[], acting acting) returns jsonb[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  by_rule appointments := wanted;
  begun beginning;
  verdict text;
  needs_reason constant text[] := array['outside_hours', 'beyond_horizon'];
begin
  by_rule.override_reason := null;
  for n in 1 .. cardinality(wishes) loop
    begun := insert_appointment(by_rule, wishes[n], acting);
    if begun.verdict = any (needs_reason) and wanted.override_reason is not null then
      begun := insert_appointment(wanted, wishes[n], acting);
    end if;
    verdict := case when begun.id is null then
      coalesce(begun.verdict, case when begun.patient_was_busy then 'patient_busy' else 'slot_taken' end)
    end;
    dates[n] := dates[n] || jsonb_build_object('verdict', verdict) || (
      select jsonb_build_object(
        'start_at', asked.start_at, 'start_local', to_char(asked.start_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
        'end_at', asked.end_at, 'end_local', to_char(asked.end_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI')
      )
      from read_wish(wanted, wishes[n], acting) asked
      limit 1
    );
  end loop;
  for n in 1 .. cardinality(wishes) loop
    if dates[n] ->> 'verdict' in ('slot_taken', 'patient_busy', 'resource_taken', 'outside_hours') then
      dates[n] := dates[n] || jsonb_build_object('alternatives', find_alternatives(by_rule, wishes[n], acting));
    end if;
  end loop;
  return dates;
end
$$;
--> statement-breakpoint
-- Inserts a series, without its appointments. The rule is kept as it was asked for.
create or replace function insert_series(wanted appointments, request series_request, acting acting) returns bigint
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into series (patient_id, doctor_id, visit_type_id, rule, created_at, created_by_id)
  values (
    wanted.patient_id, wanted.doctor_id, wanted.visit_type_id,
    jsonb_strip_nulls(jsonb_build_object(
      'every', request.every, 'unit', request.unit, 'weekdays', request.weekdays, 'count', request.count,
      'until', to_char(request.until, 'YYYY-MM-DD')
    )),
    acting.as_of, acting.account_id
  )
  returning id;
end;
--> statement-breakpoint
-- Which appointments a change of a series is about, by how much it moves them on the wall clock, and why it is refused as a
-- whole. What has begun, is over or was cancelled is not among them.
create or replace function judge_series_change(
  of_series bigint, from_appointment bigint, with_following boolean, wanted appointments, change change, acting acting
) returns table (verdict text, ids bigint[], shift interval)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    case
      when first.id is null then 'no_series'
      when change.version <> chosen.version then 'stale'
      when chosen.ids = '{}' and (change.event <> 'appointment.cancelled' or first.status <> 'cancelled') then 'wrong_status'
    end,
    chosen.ids,
    coalesce(
      case when change.starts like '%Z' then change.starts::timestamptz at time zone place.time_zone
        else change.starts::timestamp
      end - first.start_at at time zone place.former_time_zone,
      interval '0'
    )
  from (values (from_appointment)) named (id)
  left join appointments first on first.id = named.id and first.series_id = of_series
  left join lateral (
    select location.time_zone, former.time_zone as former_time_zone
    from doctors doctor
    join locations location on location.id = doctor.location_id
    cross join locations former
    where doctor.id = coalesce(wanted.doctor_id, first.doctor_id)
    and former.id = first.location_id
  ) place on true
  cross join lateral (
    select
      coalesce(sum(one.event_count), 0) as version,
      coalesce(array_agg(one.id order by one.start_at) filter (
        where one.status = 'booked'
        and one.start_at > acting.as_of
        and (one.id = first.id or with_following and one.start_at >= first.start_at)
      ), '{}') as ids
    from appointments one
    where one.series_id = of_series
  ) chosen;
end;
--> statement-breakpoint
-- When the appointments of a series start, in the order of time; no row for an unknown doctor. All start at the time of the
-- first on the wall clock, unless the request changes one, so that a clock change keeps the local time.
create or replace function starts_of_series(wanted appointments, request series_request) returns table (
  date date, start_at timestamptz, time_zone text
)
language sql
stable
rows 12
set plan_cache_mode to force_generic_plan
begin atomic
  select planned.date, coalesce(
    instant_at(request.changes ->> to_char(planned.date, 'YYYY-MM-DD'), location.time_zone),
    -- A client that writes an instant may mean the earlier of two equal times in autumn.
    case when planned.date = clock.first_local::date then clock.first_at end,
    instant_at(to_char(planned.date + clock.first_local::time, 'YYYY-MM-DD"T"HH24:MI'), location.time_zone)
  ) as start_at, location.time_zone
  from doctors doctor
  join locations location on location.id = doctor.location_id
  cross join lateral (
    select
      first_at,
      -- What was written as a wall clock stays as written: the first may be inside a spring gap.
      case when request.starts like '%Z' then first_at at time zone location.time_zone else request.starts::timestamp end
        as first_local
    from (select instant_at(request.starts, location.time_zone) as first_at) read
  ) clock
  cross join lateral dates_of_series(clock.first_local::date, request) planned (date)
  where doctor.id = wanted.doctor_id
  and planned.date <> all (coalesce(request.skip, '{}'))
  order by start_at, planned.date;
end;
--> statement-breakpoint
-- Why none of a series can be booked, whatever is free; null when each of its dates can be tried.
create or replace function judge_series(wanted appointments, request series_request) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when not exists (select from doctors where id = wanted.doctor_id) then 'no_doctor'
    when not exists (select from patients where id = wanted.patient_id and erased_at is null) then 'no_patient'
    when planned.many > 52 then 'too_many_dates'
    when not planned.dates @> coalesce(request.skip, '{}') then 'skips_another_date'
    when not planned.dates @> array(
      select written::date from jsonb_object_keys(coalesce(request.changes, '{}')) written
    ) then 'changes_another_date'
    when planned.dates <@ coalesce(request.skip, '{}') then 'no_dates'
  end
  from (
    select count(*) as many, coalesce(array_agg(date), '{}') as dates
    from starts_of_series(wanted, (
      request.starts, request.minutes, request.every, request.unit, request.weekdays, request.count, request.until,
      null, null, null
    )::series_request)
  ) planned;
end;
--> statement-breakpoint
-- The starts nearest to the one that was wanted at which doctor and patient are free, up to three days before and after.
-- Whatever else the appointment needs is not looked at.
create or replace function nearest_starts(wanted appointments, wish wish, acting acting) returns setof timestamptz
language sql
stable
rows 8
set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as materialized (
    select
      candidate.*, doctor.grid_minutes,
      candidate.end_at - candidate.start_at as length,
      (candidate.start_at at time zone candidate.time_zone)::date as date,
      (candidate.start_at at time zone candidate.time_zone)::time as clock
    from read_wish(wanted, wish, acting) candidate
    join doctors doctor on doctor.id = candidate.doctor_id
    where candidate.start_at < candidate.end_at
  ),
  around as materialized (
    select asked.*, tstzrange(
      greatest(acting.as_of, (date - 3)::timestamp at time zone time_zone),
      greatest(acting.as_of, (date + 4)::timestamp at time zone time_zone)
    ) as during
    from asked
  ),
  free as materialized (
    select around.*, doctor.during - (
      select coalesce(range_agg(claim.during), '{}')
      from claims claim
      where claim.resource_id = resource_of_patient(around.patient_id)
      and claim.during && around.during
      and (claim.expires_at is null or claim.expires_at > acting.as_of)
    ) as free
    from around
    cross join lateral (
      select coalesce(range_agg(piece), '{}') as during
      from doctor_locations work
      cross join lateral free_time(
        work.doctor_id, work.location_id, around.during,
        coalesce(around.buffer_before_minutes, 0) * interval '1 minute',
        coalesce(around.buffer_after_minutes, 0) * interval '1 minute', acting.as_of, null
      ) open
      cross join lateral unnest(open.during) piece
      where work.doctor_id = around.doctor_id
    ) doctor
  )
  select near.start_at
  from free
  cross join lateral (
    select distinct (free.date + day + at)::timestamp at time zone free.time_zone as start_at
    from generate_series(-3, 3) day
    cross join lateral (
      select time '00:00' + n * free.grid_minutes * interval '1 minute' as at
      from generate_series(0, 1439 / free.grid_minutes) n
      union
      select free.clock
    ) clock
  ) near
  where near.start_at <> free.start_at
  and free.free @> tstzrange(near.start_at, near.start_at + free.length)
  order by abs(extract(epoch from near.start_at - free.start_at)), near.start_at
  limit 8;
end;

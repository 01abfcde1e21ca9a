-- Makes everything that books or changes a whole series wait for one another, and for changes that take time of the same
-- people and things (`take_turns_to_change`). A series takes claims at many times: one that goes forward and one that goes
-- back would otherwise wait for each other.
create or replace function take_turns_in_series(resource_ids bigint[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(hashtext('series'));

  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended('resource ' || id, 0) as key
    from unnest(resource_ids) id
    where id is not null
    order by key
    offset 0
  ) in_order;
end;
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
  perform take_turns_in_series(array[
    (select resource_id from doctors where id = wanted.doctor_id), resource_of_patient(wanted.patient_id)
  ]);
  against_all := judge_series(wanted, request);
  if against_all is null then
    if exists (select from visit_type_needs where visit_type_id = wanted.visit_type_id) then
      perform take_turns_for_needs(
        array(select location_id from doctor_locations where doctor_id = wanted.doctor_id),
        array(
          -- Eight hours are the longest that an appointment lasts.
          select tstzrange(one.start_at, one.start_at + coalesce(request.minutes, 480) * interval '1 minute')
          from starts_of_series(wanted, request) one
        )
      );
    end if;
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
  perform take_turns_to_change_series(of_series, from_appointment, with_following, wanted, change, acting);
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
  begins timestamptz;
  ends timestamptz;
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
    if begun.id is null then
      select start_at, end_at into begins, ends from read_wish(wanted, wishes[n], acting) limit 1;
    else
      select start_at, end_at into begins, ends from appointments where id = begun.id;
    end if;
    dates[n] := dates[n] || jsonb_build_object(
      'verdict', verdict,
      'start_at', begins, 'start_local', to_char(begins at time zone (dates[n] ->> 'time_zone'), 'YYYY-MM-DD"T"HH24:MI'),
      'end_at', ends, 'end_local', to_char(ends at time zone (dates[n] ->> 'time_zone'), 'YYYY-MM-DD"T"HH24:MI')
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
-- Takes every turn that changing the appointments of a series will ask for, before any of them is changed, in the steps and
-- the order of `lock_to_change`. Taken one appointment after the other, two rooms, or two days of one room, could be asked
-- for in one order here and in the other by someone else, and both would wait for ever.
create or replace function take_turns_to_change_series(
  of_series bigint, from_appointment bigint, with_following boolean, wanted appointments, change change, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  is_move constant boolean := change.event = 'appointment.rescheduled';
  taking constant bigint[] := array(
    select claim.resource_id
    from appointments one
    join claims claim on claim.appointment_id = one.id
    where one.series_id = of_series
    union
    select resource_id from doctors where id = wanted.doctor_id
  );
begin
  perform take_turns_in_series(taking);
  if is_move then
    perform take_turns_for_needs(array_agg(work.location_id), array_agg(
      tstzrange(moved.start_at, moved.start_at + interval '8 hours')
    ))
    from judge_series_change(of_series, from_appointment, with_following, wanted, change, acting) asked
    join appointments one on one.id = any (asked.ids)
    join locations former on former.id = one.location_id
    join doctors doctor on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
    join locations location on location.id = doctor.location_id
    join doctor_locations work on work.doctor_id = doctor.id
    cross join lateral instant_at(
      to_char((one.start_at at time zone former.time_zone) + asked.shift, 'YYYY-MM-DD"T"HH24:MI'), location.time_zone
    ) moved (start_at)
    where change.resource_ids is not null
    or exists (
      select from visit_type_needs where visit_type_id = any (array[one.visit_type_id, wanted.visit_type_id])
    );
    perform
    from doctor_visit_types offer
    join visit_types visit on visit.id = offer.visit_type_id and visit.daily_cap is not null
    where (offer.doctor_id, offer.visit_type_id) in (
      select coalesce(wanted.doctor_id, one.doctor_id), one.visit_type_id
      from appointments one
      where one.series_id = of_series
    )
    order by offer.doctor_id, offer.visit_type_id
    for no key update of offer;
  end if;
  perform pg_advisory_xact_lock_shared(hashtext('absences'));
  if is_move then
    perform take_turns_to_travel(taking || array(
      select doctor.resource_id
      from appointments one
      join visit_type_needs need on need.visit_type_id = any (array[one.visit_type_id, wanted.visit_type_id])
      join doctors doctor on doctor.role = need.role
      where one.series_id = of_series
    ));
  end if;
end
$$;
--> statement-breakpoint
comment on function take_turns_in_series(bigint[],bigint[]) is 'Retired in release 0.1.0';

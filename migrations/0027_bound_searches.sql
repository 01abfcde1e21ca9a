-- Inserts the wanted appointment, with its first event, unless a rule or a constraint refuses it. With any doctor, each
-- who is willing is tried until one is free. Nothing is judged here.
create or replace function insert_appointment(wanted appointments, wish wish, acting acting) returns beginning
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  judged record;
  event events;
  begun beginning;
begin
  for judged in select * from judge_wish(wanted, wish, acting) loop
    begun.verdict := judged.verdict;
    exit when judged.verdict is not null;
    wanted.id := nextval(pg_get_serial_sequence('appointments', 'id'));
    wanted.doctor_id := judged.doctor_id;
    wanted.visit_type_id := judged.visit_type_id;
    wanted.start_at := judged.start_at;
    wanted.end_at := judged.end_at;
    event := next_event(null, wanted, wish.event, wanted.override_reason, acting);
    insert into appointments (
      id, doctor_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes, buffer_after_minutes,
      override_reason, reason_for_visit, hold_expires_at, stranger_id, stranger_address_hash, event_count, last_event_hash
    )
    overriding system value
    values (
      wanted.id, wanted.doctor_id, wanted.patient_id, wanted.visit_type_id, wanted.status, wanted.start_at, wanted.end_at,
      judged.buffer_before_minutes, judged.buffer_after_minutes,
      wanted.override_reason, wanted.reason_for_visit, wanted.hold_expires_at,
      case when wanted.patient_id is null then wanted.stranger_id end, wanted.stranger_address_hash,
      event.number, event.hash
    )
    on conflict do nothing;
    if found then
      perform append_event(event);
      begun.id := wanted.id;
      exit;
    end if;
    begun.patient_was_busy := exists (
      select from appointments other
      where other.patient_id = wanted.patient_id
      and other.start_at > wanted.start_at - interval '8 hours'
      and other.start_at < wanted.end_at
      and other.patient_occupied && tstzrange(wanted.start_at, wanted.end_at)
    );
    exit when begun.patient_was_busy; -- with any other doctor, too
  end loop;
  return begun;
end
$$;
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
            and last.number = one.event_count
            and local_day(last.at, location.time_zone) @> acting.as_of
          ) then 'not_today'
          -- A no-show gave its time away, so it may be taken by now.
          when one.status = 'noshow' then (
            select case when other.doctor_id = one.doctor_id then 'slot_taken' else 'patient_busy' end
            from appointments other
            where other.id <> one.id
            and other.start_at > one.start_at - interval '12 hours'
            and other.start_at < one.end_at + interval '4 hours'
            and (
              other.doctor_id = one.doctor_id and other.doctor_occupied && tstzrange(
                one.start_at - one.buffer_before_minutes * interval '1 minute',
                one.end_at + one.buffer_after_minutes * interval '1 minute'
              )
              or other.patient_id = one.patient_id and other.patient_occupied && tstzrange(one.start_at, one.end_at)
            )
            order by other.doctor_id = one.doctor_id desc
            limit 1
          )
        end
      end
    end,
    null, null, null, null, null, null,
    one.hold_expires_at + change.longer,
    null
  )::decision
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = doctor.location_id
  left join visit_types visit on visit.id = one.visit_type_id
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- Locks what a change of time needs before it can be judged, in three steps:
-- 1. waits for other bookings of a visit type with a daily cap, so that each counts those before it;
-- 2. waits for time off or a closure that is being entered;
-- 3. locks the appointment and the expired holds of the doctor and the patient around that time, in the order of their
--    ids. The appointment is among them because it may itself be a hold that another request is releasing.
--
-- Answers with the ids of these holds, which the caller releases.
create or replace function lock_to_change(wanted appointments, change change, acting acting) returns bigint[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select
  from appointments one
  join visit_types visit on visit.id = one.visit_type_id and visit.daily_cap is not null
  join doctor_visit_types offer
    on offer.visit_type_id = visit.id and offer.doctor_id = coalesce(wanted.doctor_id, one.doctor_id)
  where one.id = wanted.id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

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
      when one.start_at < acting.as_of then 'in_the_past'
      when one.hold_expires_at <= acting.as_of
      and not acting.by_desk
      and not is_open_slot(one.doctor_id, one.visit_type_id, one.start_at, false, acting.as_of, one.id)
        then 'hold_expired'
      when not is_open_time(one.doctor_id, tstzrange(one.start_at, one.end_at)) then 'outside_hours'
      when exists (
        select from appointments other
        where other.patient_id = patient.id
        and other.start_at > one.start_at - interval '8 hours'
        and other.start_at < one.end_at
        and other.patient_occupied && tstzrange(one.start_at, one.end_at)
        and other.id <> one.id
        and (other.hold_expires_at is null or other.hold_expires_at > acting.as_of)
      ) then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null
  )::decision
  from appointments one
  cross join lateral (
    select coalesce(wanted.patient_id, one.patient_id, change.default_patient_id) as patient_id
  ) named
  left join patients patient on patient.id = named.patient_id
  where one.id = wanted.id;
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
    exists (
      select from appointments other
      where other.doctor_id = asked.doctor_id
      and other.start_at > asked.start_at - interval '12 hours'
      and other.start_at < asked.end_at + interval '4 hours'
      and other.doctor_occupied && tstzrange(asked.start_at, asked.end_at)
    ),
    exists (
      select from appointments other
      where other.patient_id = asked.patient_id
      and other.start_at > asked.start_at - interval '8 hours'
      and other.start_at < asked.end_at
      and other.patient_occupied && tstzrange(asked.start_at, asked.end_at)
    ),
    next.start_at,
    next.start_at + (asked.end_at - asked.start_at),
    to_char(next.start_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    to_char((next.start_at + (asked.end_at - asked.start_at)) at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI')
  from (
    select *
    from find_candidates(wanted, wish, acting) candidate
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
        asked.doctor_id, asked.patient_id, rest_of_day.during, asked.end_at - asked.start_at,
        coalesce(asked.buffer_before_minutes, 0) * interval '1 minute',
        coalesce(asked.buffer_after_minutes, 0) * interval '1 minute', acting.as_of
      )
      else next_slot(asked.doctor_id, asked.visit_type_id, asked.patient_id, rest_of_day.during, acting.as_of)
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
create or replace function judge_move(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as (
    select
      one.*, doctor.id as new_doctor_id, read.start_at as new_start_at,
      coalesce(
        instant_at(change.ends, location.time_zone),
        read.start_at + case when acting.by_desk then usual.length else coalesce(visit.lasting, usual.length) end
      ) as new_end_at,
      coalesce(visit.buffer_before_minutes, one.buffer_before_minutes) as new_buffer_before,
      coalesce(visit.buffer_after_minutes, one.buffer_after_minutes) as new_buffer_after,
      visit.lasting, coalesce(visit.notice, interval '0') as notice, location.time_zone
    from appointments one
    cross join lateral (select one.end_at - one.start_at as length) usual
    left join doctors doctor on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
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
  judged as (
    select asked.*, case
      when status <> 'booked' then 'wrong_status'
      when new_doctor_id is null then 'no_doctor'
      when (new_doctor_id, new_start_at, new_end_at) = (doctor_id, start_at, end_at) then 'already'
      when change.version <> event_count then 'stale'
      when not acting.by_desk and start_at - notice <= acting.as_of then 'too_late'
      when new_end_at <= new_start_at then 'not_after_start'
      when new_end_at - new_start_at < interval '5 minutes' then 'too_short'
      when new_end_at - new_start_at > interval '8 hours' then 'too_long'
      when new_start_at < acting.as_of then 'in_the_past'
      when acting.by_desk and new_doctor_id <> doctor_id and visit_type_id is not null and not exists (
        select from doctor_visit_types offer
        where offer.doctor_id = new_doctor_id
        and offer.visit_type_id = asked.visit_type_id
      ) then 'not_offered'
      when acting.by_desk
      and wanted.override_reason is null
      and not is_open_time(new_doctor_id, tstzrange(new_start_at, new_end_at)) then 'outside_hours'
      when acting.by_desk and exists (
        select from appointments other
        where other.doctor_id = new_doctor_id
        and other.start_at > new_start_at - interval '12 hours'
        and other.start_at < new_end_at + interval '4 hours'
        and other.doctor_occupied && tstzrange(
          new_start_at - new_buffer_before * interval '1 minute', new_end_at + new_buffer_after * interval '1 minute'
        )
        and other.id <> asked.id
        and (other.hold_expires_at is null or other.hold_expires_at > acting.as_of)
      ) then 'slot_taken'
      when not acting.by_desk
      and not exists (select from visit_terms(new_doctor_id, visit_type_id, false, acting.as_of)) then 'not_offered'
      when not acting.by_desk and new_end_at - new_start_at <> lasting then 'not_the_length'
      when not acting.by_desk
      and not is_open_slot(new_doctor_id, visit_type_id, new_start_at, false, acting.as_of, id)
        then coalesce(judge_slot(new_doctor_id, visit_type_id, new_start_at, false, acting.as_of, id), 'slot_taken')
      when exists (
        select from appointments other
        where other.patient_id = asked.patient_id
        and other.start_at > new_start_at - interval '8 hours'
        and other.start_at < new_end_at
        and other.patient_occupied && tstzrange(new_start_at, new_end_at)
        and other.id <> asked.id
      ) then 'patient_busy'
    end as verdict
    from asked
  )
  select row(
    verdict, new_doctor_id, patient_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after, null,
    case
      when verdict not in ('slot_taken', 'patient_busy', 'outside_hours', 'off_grid', 'short_notice') then null
      when acting.by_desk then next_gap(
        new_doctor_id, patient_id, rest_of_day, new_end_at - new_start_at,
        new_buffer_before * interval '1 minute', new_buffer_after * interval '1 minute', acting.as_of, id
      )
      else next_slot(new_doctor_id, visit_type_id, patient_id, rest_of_day, acting.as_of, id)
    end
  )::decision
  from judged
  cross join lateral (
    select tstzrange(
      greatest(new_start_at, acting.as_of),
      greatest(new_start_at, acting.as_of, upper(local_day(new_start_at, time_zone)))
    ) as rest_of_day
  ) late;
end;

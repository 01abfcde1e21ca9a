-- When a doctor sees patients inside the window: weekly hours without time off and closures, whether booked or not.
-- No row once the doctor is retired or the location closed for good.
-- The hours are put on the location's clock date by date. A time inside a spring gap moves forward (02:30 is 03:30), a
-- time that comes twice in autumn is the later one, and a range that would then end before it starts is left out.
--
-- These functions return rows instead of one value, so that PostgreSQL plans them as part of the calling query.
-- `offset 0` makes it compute a part once and not again wherever the part is named.
create or replace function open_time(of_doctor bigint, within tstzrange) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select (hours.during - away.during) * tstzmultirange(within)
  from (
    select
      doctor.location_id,
      location.time_zone,
      -- The evening before, too: a gap around midnight pushes its end into this date.
      (lower(within) at time zone location.time_zone)::date - 1 as first_date,
      (upper(within) at time zone location.time_zone)::date as last_date
    from doctors doctor
    join locations location on location.id = doctor.location_id
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
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
      union all
      select starts_at at time zone clock.time_zone, ends_at at time zone clock.time_zone
      from closures
      where location_id = clock.location_id
      and ends_at > clock.first_date
      and starts_at < clock.last_date + 2
    ) absence
    where leaves_at < returns_at
  ) away
  offset 0;
end;
--> statement-breakpoint
-- The terms on which a doctor offers a visit type; no row when they do not offer it, or one of the two, or the location, is
-- no longer in use. Starts lie in [earliest, latest).
-- For the front desk only the length, the buffers and the grid count.
create or replace function visit_terms(of_doctor bigint, of_visit_type bigint, by_desk boolean, as_of timestamptz)
returns table (
  time_zone text, grid interval, lasting interval, buffer_before interval, buffer_after interval,
  daily_cap smallint, earliest timestamptz, latest timestamptz
)
language sql
stable
begin atomic
  select
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
  join locations location on location.id = doctor.location_id
  where offer.doctor_id = of_doctor
  and offer.visit_type_id = of_visit_type
  and (visit.bookable_online or by_desk)
  and visit.is_active
  and doctor.is_active
  and location.is_active
  offset 0;
end;
--> statement-breakpoint
-- Whether the doctor sees patients during the whole of a time, whether booked or not.
create or replace function is_open_time(of_doctor bigint, asked tstzrange) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(bool_or(open_time.during @> asked), false) from open_time(of_doctor, asked);
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
    doctor.id, doctor.resource_id, patient.id, location.id, location.time_zone,
    visit.id, visit.minutes * interval '1 minute', visit.buffer_before_minutes, visit.buffer_after_minutes, visit.daily_cap,
    read.start_at, coalesce(read.end_at, read.start_at + visit.minutes * interval '1 minute')
  from (values (wanted.patient_id)) named (patient_id)
  left join (
    (
      select wanted.doctor_id as id where wanted.doctor_id is not null
      union all
      select offer.doctor_id from doctor_visit_types offer
      where wanted.doctor_id is null and offer.visit_type_id = wanted.visit_type_id
    ) meant
    cross join lateral (
      select *
      from doctors one
      where one.id = meant.id
      and one.is_active
      and exists (select from locations place where place.id = one.location_id and place.is_active)
      and (wish.location_id is null or one.location_id = wish.location_id)
      and (wish.specialty is null or one.specialty = wish.specialty)
      offset 0 -- or a plan made for any doctor would read all of them for one
    ) doctor
  ) on true
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
  ) visit on true;
end;
--> statement-breakpoint
-- Every start that a doctor offers for a visit type on these local dates, both included; no row for an unknown doctor.
-- The lists hold minutes since 1970: the starts, and starts and ends on the wall clock. Written as dates they would take
-- four times as long.
--
-- `except_for` is the appointment that is being moved: what it occupies counts as free.
create or replace function free_starts(
  of_doctor bigint, of_visit_type bigint, first_date date, last_date date, by_desk boolean, as_of timestamptz,
  except_for bigint default null
) returns table (
  doctor text, location_id bigint, location text, time_zone text,
  visit_type_is_known boolean, is_offered boolean, visit_minutes smallint,
  starts json, local_starts json, local_ends json
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.name, location.id, location.name, location.time_zone,
    visit.is_active is true and (visit.bookable_online or by_desk),
    doctor.is_active and location.is_active and exists (
      select from doctor_visit_types offer
      where offer.doctor_id = of_doctor and offer.visit_type_id = of_visit_type
    ),
    visit.minutes, slots.starts, slots.local_starts, slots.local_ends
  from doctors doctor
  join locations location on location.id = doctor.location_id
  left join visit_types visit on visit.id = of_visit_type
  cross join lateral (
    select
      json_agg((date_part('epoch', slot.start_at) / 60)::integer order by slot.start_at) as starts,
      json_agg(
        (date_part('epoch', slot.start_at at time zone location.time_zone) / 60)::integer order by slot.start_at
      ) as local_starts,
      json_agg(
        (date_part('epoch', slot.end_at at time zone location.time_zone) / 60)::integer order by slot.start_at
      ) as local_ends
    from open_slots(
      of_doctor, of_visit_type,
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
        join locations place on place.id = retired.location_id
        where retired.id = wanted.doctor_id
        and not (retired.is_active and place.is_active)
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
        and not is_open_time(asked.doctor_id, tstzrange(asked.start_at, asked.end_at)) then 'outside_hours'
      end
      when not is_open_slot(asked.doctor_id, asked.visit_type_id, asked.start_at, false, acting.as_of) then coalesce(
        judge_slot(asked.doctor_id, asked.visit_type_id, asked.start_at, false, acting.as_of), 'slot_taken'
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
      and not is_open_slot(one.doctor_id, one.visit_type_id, one.start_at, false, acting.as_of, one.id)
        then 'hold_expired'
      when judge_account(wanted, acting) is not null then 'too_many_appointments'
      when one.visit_type_id is not null
      and not exists (select from visit_terms(one.doctor_id, one.visit_type_id, true, acting.as_of)) then 'not_offered'
      when not is_open_time(one.doctor_id, tstzrange(one.start_at, one.end_at)) then 'outside_hours'
      when is_claimed(
        resource_of_patient(patient.id), tstzrange(one.start_at, one.end_at), acting.as_of, one.id
      ) then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null, null, null
  )::decision
  from appointments one
  cross join lateral (
    select coalesce(wanted.patient_id, one.patient_id, change.default_patient_id) as patient_id
  ) named
  left join patients patient on patient.id = named.patient_id and patient.erased_at is null
  where one.id = wanted.id;
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
      one.*, doctor.id as new_doctor_id, doctor.resource_id as new_resource_id,
      location.id as new_location_id, doctor.is_active and location.is_active as is_in_use, read.start_at as new_start_at,
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
      when acting.by_desk and not is_in_use then 'not_offered'
      when acting.by_desk and new_doctor_id <> doctor_id and visit_type_id is not null
      and not exists (select from visit_terms(new_doctor_id, visit_type_id, true, acting.as_of)) then 'not_offered'
      when acting.by_desk
      and wanted.override_reason is null
      and not is_open_time(new_doctor_id, tstzrange(new_start_at, new_end_at)) then 'outside_hours'
      when acting.by_desk and is_claimed(
        new_resource_id,
        claimed_time('booked', new_start_at, new_end_at, new_buffer_before, new_buffer_after), acting.as_of, asked.id
      ) then 'slot_taken'
      when not acting.by_desk
      and not exists (select from visit_terms(new_doctor_id, visit_type_id, false, acting.as_of)) then 'not_offered'
      when not acting.by_desk and new_end_at - new_start_at <> lasting then 'not_the_length'
      when not acting.by_desk
      and not is_open_slot(new_doctor_id, visit_type_id, new_start_at, false, acting.as_of, id)
        then coalesce(judge_slot(new_doctor_id, visit_type_id, new_start_at, false, acting.as_of, id), 'slot_taken')
      when is_claimed(
        resource_of_patient(asked.patient_id), tstzrange(new_start_at, new_end_at), acting.as_of, asked.id
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
comment on function starts_of_doctor(bigint,bigint,date,date,boolean,timestamp with time zone) is 'Retired in release 0.1.0';

-- Who, with whom and when, as it was asked for: one row for each doctor who may be meant, or one without a doctor. Asked
-- by every booking several times; a function of its own, whose plan is kept, where planning it took longer than running it.
create function asked(
  of_doctor bigint, at_location bigint, of_specialty text, of_patient bigint, of_visit_type bigint,
  starts text, ends text, by_desk boolean
) returns table (
  doctor_id bigint, doctor text, patient_id bigint, patient text,
  location_id bigint, location text, address text, phone text, time_zone text,
  visit_type_id bigint, visit_type text, mode text, lasting interval,
  buffer_before_minutes smallint, buffer_after_minutes smallint, cancellation_notice_minutes integer, daily_cap smallint,
  start_at timestamptz, end_at timestamptz
)
language sql stable rows 1 set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.id, doctor.name, patient.id, patient.name,
    location.id, location.name, location.address, location.phone, location.time_zone,
    visit.id, visit.name, visit.mode, visit.minutes * interval '1 minute',
    visit.buffer_before_minutes, visit.buffer_after_minutes, visit.cancellation_notice_minutes, visit.daily_cap,
    wish.start_at, coalesce(wish.end_at, wish.start_at + visit.minutes * interval '1 minute')
  from (values (of_patient)) named (id)
  left join (
    (
      select of_doctor as id where of_doctor is not null
      union all
      select offer.doctor_id from doctor_visit_types offer
      where of_doctor is null and offer.visit_type_id = of_visit_type
    ) meant
    cross join lateral (
      select *
      from doctors one
      where one.id = meant.id
      and (at_location is null or one.location_id = at_location)
      and (of_specialty is null or one.specialty = of_specialty)
      offset 0 -- or a plan for any doctor would read all of them for one
    ) doctor
  ) on true
  left join locations location on location.id = doctor.location_id
  left join patients patient on patient.id = named.id
  cross join lateral (
    select instant_at(starts, location.time_zone) as start_at, instant_at(ends, location.time_zone) as end_at
  ) wish
  left join lateral (
    select kind.*
    from doctor_visit_types offer
    join visit_types kind on kind.id = offer.visit_type_id
    where offer.doctor_id = doctor.id
    -- Without a visit type a patient means the doctor's first of exactly that length, and the front desk none.
    and case
      when of_visit_type is not null then kind.id = of_visit_type
      else kind.minutes * interval '1 minute' = wish.end_at - wish.start_at and not by_desk
    end
    and (kind.bookable_online or by_desk)
    order by kind.id
    limit 1
  ) visit on true;
end;
--> statement-breakpoint
-- What stands in the way of what was asked, and where it is free on the same day. No row, and no work, when this very
-- transaction has begun one of the patient, or of the stranger, then.
create function look_around(
  of_doctor bigint, at_location bigint, of_specialty text, of_patient bigint, of_visit_type bigint,
  starts text, ends text, by_desk boolean, of_stranger text, as_of timestamptz
) returns table (
  time_zone text, doctor_is_taken boolean, patient_is_busy boolean,
  next_start_at timestamptz, next_end_at timestamptz, next_start_local text, next_end_local text
)
language sql stable rows 1 set plan_cache_mode to force_generic_plan
begin atomic
  select
    wish.time_zone,
    exists (
      select from appointments other
      where other.doctor_id = wish.doctor_id and other.doctor_occupied && tstzrange(wish.start_at, wish.end_at)
    ),
    exists (
      select from appointments other
      where other.patient_id = wish.patient_id and other.patient_occupied && tstzrange(wish.start_at, wish.end_at)
    ),
    next.start_at,
    next.start_at + (wish.end_at - wish.start_at),
    to_char(next.start_at at time zone wish.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    to_char((next.start_at + (wish.end_at - wish.start_at)) at time zone wish.time_zone, 'YYYY-MM-DD"T"HH24:MI')
  from (
    select *
    from asked(of_doctor, at_location, of_specialty, of_patient, of_visit_type, starts, ends, by_desk) meant
    where meant.start_at < meant.end_at
    and not exists (
      select from appointments mine
      where mine.patient_id = of_patient
      and mine.start_at = meant.start_at
      and mine.status <> 'cancelled'
      and mine.xmin = pg_current_xact_id_if_assigned()::xid
    )
    and not exists (
      select from appointments mine
      where of_patient is null
      and mine.stranger_id = of_stranger
      and mine.status = 'pending'
      and mine.start_at = meant.start_at
      and mine.xmin = pg_current_xact_id_if_assigned()::xid
    )
    offset 0 -- or it would be looked for what is free before this is asked
  ) wish
  cross join lateral (
    select tstzrange(
      greatest(wish.start_at, as_of),
      greatest(
        wish.start_at, as_of,
        ((wish.start_at at time zone wish.time_zone)::date + 1)::timestamp at time zone wish.time_zone
      )
    ) as during
  ) rest_of_day
  cross join lateral (
    select case
      when by_desk then next_gap(
        wish.doctor_id, wish.patient_id, rest_of_day.during, wish.end_at - wish.start_at,
        coalesce(wish.buffer_before_minutes, 0) * interval '1 minute',
        coalesce(wish.buffer_after_minutes, 0) * interval '1 minute', as_of
      )
      else next_slot(wish.doctor_id, wish.visit_type_id, wish.patient_id, rest_of_day.during, as_of)
    end as start_at
  ) next
  order by next.start_at, wish.doctor_id
  limit 1;
end;
--> statement-breakpoint
-- Lets holds go that the caller has locked, and records it: by the clock of those that had expired, by whoever acts of the
-- others, who give them up. Mostly there are none, and then all it takes is a plan that is kept.
create function let_go(
  ids bigint[], as_of timestamptz, actor_kind text, account_id bigint, api_key_id bigint, request_id text
) returns bigint
language sql volatile set plan_cache_mode to force_generic_plan
begin atomic
  with
  facts as (
    select
      hold.id, hold.event_count, hold.last_event_hash, hold.hold_expires_at <= as_of as is_over,
      appointment_facts(
        hold.status, hold.doctor_id, hold.patient_id, hold.visit_type_id, hold.start_at, hold.end_at, hold.hold_expires_at
      ) as before,
      appointment_facts(
        'cancelled', hold.doctor_id, hold.patient_id, hold.visit_type_id, hold.start_at, hold.end_at
      ) as after
    from appointments hold
    where hold.id = any (ids)
  ),
  told as (
    select
      facts.*,
      case when is_over then 'system' else let_go.actor_kind end as who,
      case when not is_over then let_go.account_id end as of_account,
      case when not is_over then let_go.api_key_id end as by_key
    from facts
  ),
  due as (
    select told.*, event_hash(
      told.last_event_hash, told.id, told.event_count + 1, 'appointment.released', as_of, who, of_account, by_key,
      let_go.request_id, null, told.before, told.after
    ) as next_hash
    from told
  ),
  released as (
    update appointments
    set status = 'cancelled', event_count = due.event_count + 1, last_event_hash = due.next_hash
    from due where appointments.id = due.id
  ),
  recorded as (
    insert into events (
      appointment_id, number, kind, at, actor_kind, account_id, api_key_id, request_id, before, after, previous_hash, hash
    )
    select
      due.id, due.event_count + 1, 'appointment.released', as_of, who, of_account, by_key, let_go.request_id,
      due.before, due.after, due.last_event_hash, due.next_hash
    from due
  )
  select count(*) from due;
end;

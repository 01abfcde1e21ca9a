-- Free time is computed from claims, whose constraint now guards all appointments.
--
-- Afterwards, outside a transaction, each until it answers 0 or nothing:
-- afterwards: select locate_old_appointments(1000)
-- afterwards: drop table if exists old_appointments
-- The first appointment of a patient that is at the time of another appointment; null when they could go to both. One that
-- occupies no time is in nobody's way, and neither is a hold that has expired.
create or replace function find_conflict(of_appointment bigint, of_patient bigint, as_of timestamptz) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select other.appointment_id
  from appointments one
  join claims other
    on other.resource_id = resource_of_patient(of_patient)
    and other.during && claimed_time(one.status, one.start_at, one.end_at, 0, 0)
    and other.appointment_id <> one.id
  where one.id = of_appointment
  and (other.expires_at is null or other.expires_at > as_of)
  and (one.hold_expires_at is null or one.hold_expires_at > as_of)
  order by lower(other.during), other.appointment_id
  limit 1;
end;
--> statement-breakpoint
-- Where an appointment with these buffers fits inside the window: open time without the time that is claimed. Each claim
-- brings its own buffers. That of an expired hold counts for nothing, and neither do those of `except_for`, the appointment
-- that is being moved.
create or replace function free_time(
  of_doctor bigint, within tstzrange, buffer_before interval, buffer_after interval, as_of timestamptz,
  except_for bigint default null
) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select open_time.during - occupied.during
  from open_time(of_doctor, within)
  cross join lateral (
    -- Widened the other way round, so that the new appointment's own buffers stay out of it as well.
    select coalesce(range_agg(
      tstzrange(lower(claim.during) - buffer_after, upper(claim.during) + buffer_before)
    ), '{}') as during
    from claims claim
    where claim.resource_id = (select resource_id from doctors where id = of_doctor)
    and claim.during && tstzrange(lower(within) - buffer_before, upper(within) + buffer_after)
    and (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
  ) occupied
  offset 0;
end;
--> statement-breakpoint
-- Inserts the wanted appointment, with its claims and its first event, unless a rule or a constraint refuses it. With any
-- doctor, each who is willing is tried until one is free. Nothing is judged here.
create or replace function insert_appointment(wanted appointments, wish wish, acting acting) returns beginning
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  judged record;
  event events;
  wanted_claims claims[];
  begun beginning;
begin
  for judged in select * from judge_beginning(wanted, wish, acting) loop
    begun.verdict := judged.verdict;
    exit when judged.verdict is not null;
    wanted.id := nextval(pg_get_serial_sequence('appointments', 'id'));
    wanted.doctor_id := judged.doctor_id;
    wanted.visit_type_id := judged.visit_type_id;
    wanted.start_at := judged.start_at;
    wanted.end_at := judged.end_at;
    wanted.location_id := judged.location_id;
    wanted.buffer_before_minutes := judged.buffer_before_minutes;
    wanted.buffer_after_minutes := judged.buffer_after_minutes;
    wanted_claims := array(select claim from claims_of(wanted) claim);
    if take_claims(wanted_claims) then
      event := next_event(null, wanted, wish.event, wanted.override_reason, acting);
      insert into appointments (
        id, doctor_id, location_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes,
        buffer_after_minutes, override_reason, reason_for_visit, hold_expires_at, stranger_id, stranger_address_hash,
        stranger_wider_hash, awaits_approval, capacity, session_id, place, series_id, event_count, last_event_hash
      )
      overriding system value
      values (
        wanted.id, wanted.doctor_id, wanted.location_id, wanted.patient_id, wanted.visit_type_id, wanted.status,
        wanted.start_at, wanted.end_at, wanted.buffer_before_minutes, wanted.buffer_after_minutes,
        wanted.override_reason, wanted.reason_for_visit, wanted.hold_expires_at,
        case when wanted.patient_id is null then wanted.stranger_id end, wanted.stranger_address_hash,
        wanted.stranger_wider_hash, coalesce(wanted.awaits_approval, false), wanted.capacity, wanted.session_id,
        wanted.place, wanted.series_id, event.number, event.hash
      );
      perform append_event(event);
      begun.id := wanted.id;
      exit;
    end if;
    begun.patient_was_busy := is_claimed(
      resource_of_patient(wanted.patient_id), tstzrange(wanted.start_at, wanted.end_at), acting.as_of
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
            and is_claimed(
              mine.resource_id,
              claimed_time('booked', one.start_at, one.end_at, mine.before_minutes, mine.after_minutes),
              acting.as_of, one.id
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
  join locations location on location.id = doctor.location_id
  left join visit_types visit on visit.id = one.visit_type_id
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- The rules for merging one record into another: the verdict, or null when nothing is against it; what each record says
-- that cannot both be true of one person; and the first two appointments that nobody could both go to. The clinic's own
-- record numbers always differ, so they say nothing. Without either record, no row.
create or replace function judge_merge(of_record bigint, into_record bigint, confirmed boolean, as_of timestamptz)
returns table (verdict text, moved_to_id bigint, differing text[], overlap bigint[])
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  told as materialized (
    select coalesce(record.moved_to_id, record.id) as person, known.field, known.value
    from patients record
    cross join lateral (
      select issuer as field, value from patient_identifiers where patient_id = record.id and issuer <> 'record'
      union all
      select 'birth_date', record.birth_date::text where record.birth_date is not null and record.moved_to_id is null
    ) known
    where record.id = any (array[of_record, into_record]) or record.moved_to_id = any (array[of_record, into_record])
  ),
  differing as (
    select array(
      select mine.field
      from told mine
      join told theirs on theirs.field = mine.field and theirs.person = into_record
      where mine.person = of_record
      group by mine.field
      having not bool_or(mine.value = theirs.value)
      order by mine.field
    ) as fields
  ),
  overlap as (
    select array[mine.id, find_conflict(mine.id, into_record, as_of)] as pair
    from appointments mine
    where mine.patient_id = of_record
    and claimed_time(mine.status, mine.start_at, mine.end_at, 0, 0) is not null
    and find_conflict(mine.id, into_record, as_of) is not null
    order by mine.start_at, mine.id
    limit 1
  )
  select
    case
      when gone.id = stays.id then 'same_record'
      when gone.moved_to_id = stays.id then 'already'
      when gone.moved_to_id is not null or stays.moved_to_id is not null then 'already_merged'
      when gone.erased_at is not null or stays.erased_at is not null then 'patient_erased'
      when overlap.pair is not null then 'appointments_overlap'
      when differing.fields <> '{}' and not confirmed then 'records_differ'
    end,
    coalesce(gone.moved_to_id, stays.moved_to_id), differing.fields, overlap.pair
  from patients gone
  join patients stays on stays.id = into_record
  cross join differing
  left join overlap on true
  where gone.id = of_record;
end;
--> statement-breakpoint
-- The first whole minute inside the window at which an appointment of this length fits into the free time of both doctor
-- and patient; null when there is none.
create or replace function next_gap(
  of_doctor bigint, of_patient bigint, within tstzrange,
  lasting interval, buffer_before interval, buffer_after interval, as_of timestamptz,
  except_for bigint default null
) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(gap.start_at)
  from free_time(of_doctor, within, buffer_before, buffer_after, as_of, except_for) free
  cross join lateral unnest(free.during - (
    select coalesce(range_agg(claim.during), '{}')
    from claims claim
    where claim.resource_id = resource_of_patient(of_patient)
    and claim.during && within
    and (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
  )) as piece
  cross join lateral (
    select date_trunc('minute', lower(piece) + interval '59.999999 seconds') as start_at
  ) gap
  where upper(piece) - gap.start_at >= lasting;
end;
--> statement-breakpoint
-- Reads a wish against the clinic's data: one row for each doctor who may be meant, or one row without a doctor. Nothing
-- is judged here; what is unknown or not offered is null.
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
    order by kind.id
    limit 1
  ) visit on true;
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
-- Locks what a wish needs before it can be judged, in four steps:
-- 1. waits for other bookings of the same account, and
-- 2. for those of a visit type with a daily cap, so that each counts those before it;
-- 3. waits for time off or a closure that is being entered;
-- 4. locks expired holds that are in the way or would count, and the browser's other hold: it has one at a time. They are
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
  and (wish.location_id is null or doctor.location_id = wish.location_id)
  and (wish.specialty is null or doctor.specialty = wish.specialty)
  order by offer.doctor_id, offer.visit_type_id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  with
  asked as materialized (
    -- Two hours on either side leave room for the longest buffers.
    select *, tstzrange(least(start_at, end_at) - interval '2 hours', end_at + interval '2 hours') as around
    from read_wish(wanted, wish, acting)
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
-- The first slot inside the window at which the patient is free too; null when there is none.
create or replace function next_slot(
  of_doctor bigint, of_visit_type bigint, of_patient bigint, within tstzrange, as_of timestamptz,
  except_for bigint default null
) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(slot.start_at)
  from open_slots(of_doctor, of_visit_type, within, false, as_of, except_for) slot
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
      one.*, doctor.id as new_doctor_id, doctor.resource_id as new_resource_id,
      location.id as new_location_id, read.start_at as new_start_at,
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
alter table appointments validate constraint appointments_location_id_locations_id_fk;
--> statement-breakpoint
alter table appointments validate constraint appointments_only_holds_lack_a_patient;
--> statement-breakpoint
alter table appointments validate constraint appointments_capacity_is_sane;
--> statement-breakpoint
alter table appointments validate constraint appointments_participants_have_a_place;
--> statement-breakpoint
alter table appointments validate constraint appointments_session_id_appointments_id_fk;
--> statement-breakpoint
alter table appointments validate constraint appointments_series_id_series_id_fk;
--> statement-breakpoint
alter table appointments drop constraint appointments_doctor_never_twice, drop constraint appointments_patient_never_twice;

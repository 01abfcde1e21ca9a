-- Whether the front desk may book the whole of a time with a doctor at a location without a reason: as `is_open_time`, and also
-- while the doctor is kept in reserve.
create or replace function is_open_to_desk(of_doctor bigint, at_location bigint, asked tstzrange) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when is_open_time(of_doctor, at_location, asked) then true
    else exists (
      select
      from doctors doctor
      join locations location on location.id = at_location
      cross join lateral hours_of_doctor(of_doctor, at_location, asked) hours
      where doctor.id = of_doctor
      and doctor.is_active
      and location.is_active
      and hours.during @> asked
      and not exists (
        select
        from (
          select starts_at, ends_at
          from time_off
          where doctor_id = of_doctor
          and kind <> 'reserve'
          and (location_id is null or location_id = at_location)
          and ends_at > (lower(asked) at time zone location.time_zone) - interval '1 day'
          union all
          select starts_at, ends_at
          from closures
          where location_id = at_location
          and ends_at > (lower(asked) at time zone location.time_zone) - interval '1 day'
        ) absence
        where asked && tstzrange(
          absence.starts_at at time zone location.time_zone,
          greatest(
            absence.starts_at at time zone location.time_zone, absence.ends_at at time zone location.time_zone
          )
        )
      )
    )
  end;
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
    case when count(*) over () > 1 then not is_open_to_desk(
      of_doctor, work.location_id,
      -- What is longer than an appointment may be is refused later.
      tstzrange(lower(asked), least(upper(asked), lower(asked) + interval '8 hours'))
    ) end,
    coalesce(work.location_id = preferred, false) desc,
    work.location_id = doctor.location_id desc,
    work.location_id
  limit 1;
end;
--> statement-breakpoint
-- What there is at a time for which the front desk wants to book or move: whether the doctor works then, until when they are
-- free, their absences and blocks, and what doctor and patient have already, each with the time until which they are taken
-- without a pause. No row for an unknown doctor. `except_for` is the appointment that is being moved.
create or replace function look_at_time(
  of_doctor bigint, at_location bigint, starts text, lasting interval, of_patient bigint, as_of timestamptz, except_for bigint
) returns table (
  start_at timestamptz, start_local text, end_local text, time_zone text, location_id bigint, is_open boolean,
  free_until_local text, absences jsonb, conflicts jsonb
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as materialized (
    select
      doctor.id, doctor.resource_id, location.time_zone, read.start_at,
      tstzrange(read.start_at, read.start_at + lasting) as during,
      coalesce(
        (
          select work.location_id from doctor_locations work
          where work.doctor_id = doctor.id
          and work.location_id = at_location
        ),
        location_at(doctor.id, tstzrange(read.start_at, read.start_at + lasting), null)
      ) as location_id
    from doctors doctor
    join locations location on location.id = doctor.location_id
    cross join lateral (
      select date_trunc('minute', instant_at(starts, location.time_zone)) as start_at
    ) read
    where doctor.id = of_doctor
  ),
  -- Around the time, so that what follows without a pause is seen.
  claimed as materialized (
    select who.part, who.number, claim.appointment_id, claim.during
    from asked
    cross join lateral (
      values ('doctor', 1, asked.resource_id), ('patient', 2, resource_of_patient(of_patient))
    ) who (part, number, resource_id)
    join claims claim
      on claim.resource_id = who.resource_id
      and claim.during && tstzrange(lower(asked.during) - interval '8 hours', upper(asked.during) + interval '12 hours')
    where (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
  ),
  conflict as (
    select distinct on (claimed.number)
      claimed.number, claimed.part, other.id as appointment_id, other.status, other.capacity is not null as is_session,
      patient.name as patient, doctor.name as doctor, visit.name as visit_type,
      to_char(other.start_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      to_char(other.end_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      to_char((
        select upper(piece)
        from (select range_agg(same.during) as together from claimed same where same.part = claimed.part) taken
        cross join unnest(taken.together) piece
        where piece && asked.during
        order by piece
        limit 1
      ) at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI') as until_local
    from asked
    join claimed on claimed.during && asked.during
    join appointments other on other.id = claimed.appointment_id
    join doctors doctor on doctor.id = other.doctor_id
    left join patients patient on patient.id = other.patient_id
    left join visit_types visit on visit.id = other.visit_type_id
    order by claimed.number, lower(claimed.during), other.id
  )
  select
    asked.start_at,
    to_char(asked.start_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    to_char(upper(asked.during) at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    asked.time_zone,
    asked.location_id,
    is_open_to_desk(of_doctor, asked.location_id, asked.during),
    to_char((
      select upper(piece)
      from free_time(
        of_doctor, asked.location_id, tstzrange(asked.start_at, asked.start_at + interval '8 hours'), interval '0',
        interval '0', as_of, except_for
      ) free
      cross join unnest(free.during) piece
      where piece @> asked.start_at
    ) at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    (
      select coalesce(jsonb_agg(jsonb_build_object(
        'kind', off.kind,
        'reason', off.reason,
        'until_local', to_char(off.ends_at, 'YYYY-MM-DD"T"HH24:MI')
      ) order by off.starts_at), '[]')
      from time_off off
      where off.doctor_id = of_doctor
      and (off.location_id is null or off.location_id = asked.location_id)
      and off.starts_at < upper(asked.during) at time zone asked.time_zone
      and off.ends_at > asked.start_at at time zone asked.time_zone
    ),
    (select coalesce(jsonb_agg(to_jsonb(conflict) - 'number' order by conflict.number), '[]') from conflict)
  from asked;
end;
--> statement-breakpoint
-- The rules for booking a hold. Its notice and horizon were judged when it was held; whether the doctor is there is
-- judged again. A hold that has expired may still be booked while its slot is open; one of a place, while nobody else
-- has the place.
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
      when one.awaits_approval and one.patient_id = named.patient_id then 'already'
      when one.awaits_approval then 'wrong_status'
      when one.status = 'cancelled' and one.hold_expires_at is not null then 'hold_expired'
      when one.status <> 'pending' then 'wrong_status'
      when named.patient_id is null then 'patient_missing'
      when patient.id is null then 'no_patient'
      when judge_patient(patient.id, one.visit_type_id, acting) = 'patient_inactive' then 'patient_inactive'
      when judge_patient(patient.id, one.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
      when one.start_at < acting.as_of then 'in_the_past'
      when one.hold_expires_at <= acting.as_of
      and not acting.by_desk
      and one.session_id is null
      and not is_open_slot(
        one.doctor_id, place.location_id, one.visit_type_id, one.start_at, false, acting.as_of, one.id
      )
      then 'hold_expired'
      -- Its own claim kept nobody from the way to it once it had expired.
      when one.session_id is null and is_on_the_way(
        doctor.resource_id, place.location_id,
        claimed_time('booked', one.start_at, one.end_at, one.buffer_before_minutes, one.buffer_after_minutes),
        acting.as_of, one.id
      ) then 'hold_expired'
      when judge_account(wanted, acting) is not null then 'too_many_appointments'
      when one.visit_type_id is not null
      and not exists (select from visit_terms(one.doctor_id, place.location_id, one.visit_type_id, true, acting.as_of))
        then 'not_offered'
      when one.session_id is null
      and not case
        when acting.by_desk then is_open_to_desk(one.doctor_id, place.location_id, tstzrange(one.start_at, one.end_at))
        else is_open_time(one.doctor_id, place.location_id, tstzrange(one.start_at, one.end_at))
      end then 'outside_hours'
      when is_claimed(
        resource_of_patient(patient.id), tstzrange(one.start_at, one.end_at), acting.as_of, one.id
      ) then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, approval_deadline(one.visit_type_id, one.start_at, acting), null, null, null
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
    select asked.*, coalesce(case
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
      when asked.lasting is null and (not acting.by_desk or wanted.visit_type_id is not null) then 'not_offered'
      -- A group is booked as a session, and a place in a session by its `session_id`.
      when wanted.capacity is null
      and visit_type_is_group(coalesce(asked.visit_type_id, wanted.visit_type_id)) then 'session_needed'
      when wanted.capacity is not null and not visit_type_is_group(asked.visit_type_id) then 'not_a_group'
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
      when holds_too_many(wanted, wish, acting) then 'too_many_holds'
      when account.verdict = 'too_many_holds' then 'too_many_holds'
      when account.verdict = 'too_many_appointments' then 'too_many_appointments'
      -- The number can still be added while the time is held.
      when wanted.status <> 'pending'
      and judge_patient(asked.patient_id, asked.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
      -- The front desk books at any minute of the doctor's hours, and outside them or beyond the horizon with a reason.
      when acting.by_desk then case
        when wanted.override_reason is null
        and asked.start_at >= horizon_of(asked.doctor_id, asked.visit_type_id, acting.as_of) then 'beyond_horizon'
        when wanted.override_reason is null
        and not is_open_to_desk(asked.doctor_id, asked.location_id, tstzrange(asked.start_at, asked.end_at))
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
    end, case
      when num_nonnulls(wish.colleague_ids, wish.companion_ids, wish.resource_ids) > 0 then judge_named(
        wanted_at(
          wanted, asked.doctor_id, asked.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
          asked.buffer_after_minutes
        ),
        wish, wanted.doctor_id is null, acting
      )
    end) as verdict
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
      'slot_taken', 'resource_taken', 'off_grid', 'day_full', 'short_notice', 'outside_hours', 'in_the_past', 'beyond_horizon', 'not_offered'
    ], judged.verdict),
    case when wanted.doctor_id is null and judged.verdict is null then (
      select load.appointments
      from load_within(judged.doctor_id, null, local_day(judged.start_at, judged.time_zone), acting.as_of) load
    ) end,
    judged.doctor_id;
end;
--> statement-breakpoint
-- The rules for moving an appointment to another time, possibly to another doctor. With another visit type
-- (`judge_visit_type`) it keeps its doctor and its start, and gets that type's length, buffers and needs.
-- * A patient may move it until the notice before its start (`too_late`), to any open slot; the slot is judged as if the
--   appointment itself were not there. A move may not shorten the notice: the new start must keep the visit type's
--   notice too (`short_notice`, by way of `open_slots`).
-- * The front desk may move it to any time at which nothing else occupies the doctor; beyond the horizon and outside the
--   hours with a reason. With another length it loses its visit type.
-- * Everyone else who takes part comes along, or it stays where it is. What meets a need stays the same if it is free.
-- * A request is moved as if it were booked, until its deadline, and at any notice. It stays a request.
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
      doctor.is_active as is_in_use, read.start_at as new_start_at, read.end_at as new_end_at,
      coalesce(wanted.visit_type_id, one.visit_type_id) as asked_type_id, kept.visit_type_id as new_visit_type_id,
      -- Without a visit type there are no buffers, unless it never had one.
      case when visit.id is null then one.buffer_before_minutes else coalesce(kept.buffer_before_minutes, 0::smallint)
        end as new_buffer_before,
      case when visit.id is null then one.buffer_after_minutes else coalesce(kept.buffer_after_minutes, 0::smallint)
        end as new_buffer_after,
      visit.lasting, location.time_zone,
      coalesce((
        select former.cancellation_notice_minutes * interval '1 minute'
        from visit_types former
        where former.id = one.visit_type_id
      ), interval '0') as notice
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
        kind.id, kind.buffer_before_minutes, kind.buffer_after_minutes, kind.minutes * interval '1 minute' as lasting
      from visit_types kind
      where kind.id = coalesce(wanted.visit_type_id, one.visit_type_id)
    ) visit on true
    cross join lateral (select coalesce(instant_at(change.starts, location.time_zone), one.start_at) as start_at) asked
    cross join lateral (
      select
        asked.start_at,
        coalesce(
          instant_at(change.ends, location.time_zone),
          asked.start_at + case
            when acting.by_desk and wanted.visit_type_id is null then usual.length
            else coalesce(visit.lasting, usual.length)
          end
        ) as end_at
    ) read
    -- Another length is no visit type's.
    left join lateral (
      select
        coalesce(wanted.visit_type_id, one.visit_type_id) as visit_type_id, visit.buffer_before_minutes,
        visit.buffer_after_minutes
      where read.end_at - read.start_at in (usual.length, visit.lasting)
    ) kept on true
    where one.id = wanted.id
  ),
  placed as (
    select asked.*, (new_doctor_id, new_start_at, new_end_at) = (doctor_id, start_at, end_at) as keeps_time, case
      when wanted.location_id is not null then wanted.location_id
      when (new_doctor_id, new_start_at) = (doctor_id, start_at) and location_id is not null
      and (new_end_at = end_at or wanted.visit_type_id is not null) then location_id
      else location_at(new_doctor_id, tstzrange(new_start_at, greatest(new_start_at, new_end_at)), location_id)
    end as new_location_id
    from asked
  ),
  judged as (
    select placed.*, moved.appointment as moved_row, others.claims as others, coalesce(case
      when not (status = 'booked' or awaits_approval and hold_expires_at > acting.as_of) then 'wrong_status'
      when new_doctor_id is null then 'no_doctor'
      when exists (
        select from unnest(change.resource_ids) named (id)
        where not exists (
          select from resources thing
          where thing.id = named.id
          and thing.location_id = new_location_id
          and thing.is_active
        )
      ) then 'no_resource'
      when exists (select from unnest(others.claims) other where other.resource_id = new_resource_id) then 'colleague_twice'
      when keeps_time
      and visit_type_id is not distinct from asked_type_id
      and change.resource_ids is null
      and new_location_id = coalesce(location_id, new_location_id) then 'already'
      when change.version <> event_count then 'stale'
      when not acting.by_desk and not awaits_approval and start_at - notice <= acting.as_of then 'too_late'
      when new_end_at <= new_start_at then 'not_after_start'
      when new_end_at - new_start_at < interval '5 minutes' then 'too_short'
      when new_end_at - new_start_at > interval '8 hours' then 'too_long'
      when new_start_at < acting.as_of then 'in_the_past'
      when acting.by_desk
      and not (is_in_use and exists (select from locations where id = new_location_id and is_active)) then 'not_offered'
      when acting.by_desk and new_doctor_id <> doctor_id and new_visit_type_id is not null
      and not exists (select from visit_terms(new_doctor_id, new_location_id, new_visit_type_id, true, acting.as_of))
        then 'not_offered'
      when acting.by_desk
      and wanted.override_reason is null
      and new_start_at >= horizon_of(new_doctor_id, new_visit_type_id, acting.as_of) then 'beyond_horizon'
      when acting.by_desk
      and wanted.override_reason is null
      and not is_open_to_desk(new_doctor_id, new_location_id, tstzrange(new_start_at, new_end_at)) then 'outside_hours'
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
      and not exists (select from visit_terms(new_doctor_id, null, asked_type_id, false, acting.as_of)) then 'not_offered'
      when not acting.by_desk and new_end_at - new_start_at <> lasting then 'not_the_length'
      when not acting.by_desk
      and not is_open_slot(new_doctor_id, new_location_id, asked_type_id, new_start_at, false, acting.as_of, id)
        then coalesce(
          judge_slot(new_doctor_id, new_location_id, asked_type_id, new_start_at, false, acting.as_of, id), 'slot_taken'
        )
      when is_claimed(
        resource_of_patient(placed.patient_id), tstzrange(new_start_at, new_end_at), acting.as_of, placed.id
      ) then 'patient_busy'
    end, judge_attendance(
      others.claims, wanted.override_reason is null, acting.as_of, placed.id
    ) ->> 'verdict', case
      when exists (select from visit_type_needs where visit_type_id = placed.new_visit_type_id)
      and pick_claims(moved.appointment, others.claims, wanted.override_reason is not null, acting.as_of) is null
        then case when acting.by_desk then 'resource_taken' else 'slot_taken' end
    end) as verdict
    from placed
    cross join lateral (
      select wanted_at(
        jsonb_populate_record(one, jsonb_build_object('visit_type_id', new_visit_type_id)),
        new_doctor_id, new_location_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after
      ) as appointment
      from appointments one
      where one.id = placed.id
    ) moved
    cross join lateral (
      select array(
        select claim from claims_to_keep(moved.appointment, change) claim
      ) as claims
    ) others
  )
  select row(
    verdict, new_doctor_id, patient_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after, null,
    case
      when verdict not in (
        'slot_taken', 'patient_busy', 'resource_taken', 'outside_hours', 'off_grid', 'short_notice'
      ) then null
      when acting.by_desk then next_gap_around(
        wanted_at(
          moved_row, new_doctor_id, wanted.location_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after
        ),
        blocked.during, rest_of_day, acting.as_of
      )
      else next_slot_around(
        new_doctor_id, wanted.location_id, asked_type_id, blocked.during, rest_of_day, acting.as_of, id
      )
    end,
    new_visit_type_id, new_location_id
  )::decision
  from judged
  cross join lateral (
    select tstzrange(
      greatest(new_start_at, acting.as_of),
      greatest(new_start_at, acting.as_of, upper(local_day(new_start_at, time_zone)))
    ) as rest_of_day
  ) late
  cross join lateral (
    select blocked_time(
      array(select claim from claims_of(moved_row) claim where claim.part = 'patient') || others,
      rest_of_day, acting.as_of, id
    ) as during
  ) blocked;
end;

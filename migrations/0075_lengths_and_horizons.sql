-- From this instant on a doctor is not booked without a reason: after the horizon of the visit type or, without one, the
-- longest horizon of what the doctor offers; after a year when they offer nothing.
create or replace function horizon_of(of_doctor bigint, of_visit_type bigint, as_of timestamptz) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select
    ((as_of at time zone location.time_zone)::date + 1 + coalesce(
      (
        select visit.horizon_days
        from visit_types visit
        where visit.id = of_visit_type
      ),
      (
        select max(visit.horizon_days)
        from doctor_visit_types offer
        join visit_types visit on visit.id = offer.visit_type_id
        where offer.doctor_id = of_doctor
      ),
      365::smallint
    ))::timestamp at time zone location.time_zone
  from doctors doctor
  join locations location on location.id = doctor.location_id
  where doctor.id = of_doctor;
end;
--> statement-breakpoint
-- The terms on which a doctor offers a visit type: a row for each of their locations, or for one when it is given; none when
-- they do not offer it, or one of the three is no longer in use. Starts lie in [earliest, latest).
-- For the front desk only the length, the buffers, the grid and the horizon count: beyond it, a booking needs a reason.
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
    ((as_of at time zone location.time_zone)::date + visit.horizon_days + 1)::timestamp at time zone location.time_zone
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
-- Changes an appointment as was decided, with the event that records it. Nothing is judged here.
create or replace function apply_decision(
  before appointments, wanted appointments, change change, decision decision, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  after appointments := before;
  event events;
begin
  after.status := coalesce(wanted.status, before.status);
  after.doctor_id := coalesce(decision.doctor_id, before.doctor_id);
  after.patient_id := coalesce(decision.patient_id, before.patient_id);
  after.location_id := coalesce(decision.location_id, before.location_id);
  after.start_at := coalesce(decision.start_at, before.start_at);
  after.end_at := coalesce(decision.end_at, before.end_at);
  after.hold_expires_at := coalesce(decision.hold_expires_at, before.hold_expires_at);
  if after.status = 'booked' then
    -- It is a hold no more. A released hold, on the other hand, keeps when it would have expired, so that it is not listed
    -- among the cancelled appointments.
    after.hold_expires_at := null;
    after.stranger_id := null;
    after.stranger_address_hash := null;
    after.stranger_wider_hash := null;
  end if;
  if change.event = 'appointment.rescheduled' then
    after.override_reason := wanted.override_reason;
    after.visit_type_id := decision.visit_type_id;
  end if;
  event := next_event(before, after, change.event, change.reason, acting);
  update appointments
  set
    status = after.status,
    doctor_id = after.doctor_id,
    location_id = after.location_id,
    visit_type_id = after.visit_type_id,
    patient_id = after.patient_id,
    start_at = after.start_at,
    end_at = after.end_at,
    buffer_before_minutes = coalesce(decision.buffer_before_minutes, before.buffer_before_minutes),
    buffer_after_minutes = coalesce(decision.buffer_after_minutes, before.buffer_after_minutes),
    override_reason = after.override_reason,
    reason_for_visit = coalesce(wanted.reason_for_visit, before.reason_for_visit),
    hold_expires_at = after.hold_expires_at,
    stranger_id = after.stranger_id,
    stranger_address_hash = after.stranger_address_hash,
    stranger_wider_hash = after.stranger_wider_hash,
    event_count = event.number,
    last_event_hash = event.hash
  where id = before.id;
  perform append_event(event);
end
$$;
--> statement-breakpoint
-- Holds or books an appointment, or takes a walk-in. No rule is written here, only the order of the steps; each has a
-- snapshot that shows what the steps before it waited for.
--
-- Answers with four lists: the appointment that began or the verdict against it; what is in the way and the next free
-- time; the open hold that the caller already has of this slot; the holds that this transaction released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function begin_appointment(wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_hold constant boolean := wanted.status = 'pending';
  begun beginning := row(null, null, null);
  next_free jsonb := '[]';
  own_hold bigint;
  released bigint[];
  hold bigint;
  answers jsonb;
begin
  perform require_authority(acting);
  perform require_patient(wanted.patient_id, acting);
  perform require_patient(companion.id, acting) from unnest(wish.companion_ids) companion (id);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  wanted.patient_id := follow_patient(wanted.patient_id);
  if wish.companion_ids is not null then
    wish.companion_ids := array(
      select coalesce(record.moved_to_id, companion.id)
      from unnest(wish.companion_ids) companion (id)
      left join patients record on record.id = companion.id
    );
  end if;
  if is_hold then
    perform take_turns_to_hold(wanted);
  end if;
  released := lock_to_begin(wanted, wish, acting);
  foreach hold in array released loop
    perform release_hold(hold, acting);
  end loop;
  if is_hold then
    own_hold := find_own_hold(wanted, wish, acting);
  end if;
  if own_hold is null then
    begun := insert_appointment(wanted, wish, acting);
  end if;
  -- Another time would not help an account that has as many as it may have.
  if own_hold is null and begun.id is null and begun.verdict is distinct from 'too_many_appointments' then
    select coalesce(jsonb_agg(
      to_jsonb(free) || jsonb_build_object('missing', find_missing_person(wanted, wish, acting))
    ), '[]')
    into next_free
    from find_next_free(wanted, wish, acting) free;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(
      to_jsonb(begun) || coalesce(appointment_details(begun.id), '{}') || jsonb_build_object(
        'visit_type_chosen', explain_visit_type(wanted, coalesce(begun.id, own_hold), acting),
        'offered', case when begun.verdict = 'not_offered' then offered_by(wanted.doctor_id, acting.by_desk, acting.as_of) end
      )
    ),
    next_free,
    case when own_hold is null then '[]' else jsonb_build_array(appointment_details(own_hold)) end,
    case when released = '{}' then '[]' else list_appointments(released) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Changes an appointment or a hold in any way that `transitions.ts` lists. No rule is written here, only the order of the
-- steps; each has a snapshot that shows what the steps before it waited for. One step judges and changes nothing, another
-- changes and judges nothing.
--
-- Answers with two lists: the appointment, or nothing when there is none or it is none of the actor's business; the holds
-- that this transaction released to make room.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_appointment(wanted appointments, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_booking constant boolean := change.event = 'appointment.booked';
  is_move constant boolean := change.event = 'appointment.rescheduled';
  is_reassignment constant boolean := change.event = 'appointment.reassigned';
  before appointments;
  decided decision;
  former jsonb;
  details jsonb;
  released bigint[] := '{}';
  hold bigint;
  answer jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  if is_reassignment then
    perform pg_advisory_xact_lock(hashtext('merges'));
  end if;
  wanted.patient_id := follow_patient(wanted.patient_id);
  change.default_patient_id := follow_patient(change.default_patient_id);
  -- These take time that the appointment, or its patient, has not had.
  if is_booking or is_move or 'noshow' = any (change.from_statuses) then
    perform take_turns_to_change(wanted, change);
    released := lock_to_change(wanted, change, acting);
    foreach hold in array released loop
      perform release_hold(hold, acting);
    end loop;
  end if;
  select * into before
  from appointments one
  where one.id = wanted.id
  and (
    change.of_anyone
    or change.of_patients is not null and may_act_for(one.patient_id, acting)
    or one.doctor_id = change.of_doctor
    or one.stranger_id = change.of_browser
  )
  for no key update;
  if found then
    if is_booking then
      perform require_patient(
        coalesce(wanted.patient_id, before.patient_id, change.default_patient_id), acting
      );
    end if;
    decided := case
      when is_booking then judge_hold_booking(wanted, change, acting)
      when is_move then judge_move(wanted, change, acting)
      when is_reassignment then judge_reassignment(wanted, change, acting)
      else judge_change(wanted, change, acting)
    end;
    -- Only a move changes where and when it is.
    if is_move then
      former := appointment_details(wanted.id);
    end if;
    if decided.verdict is null then
      perform apply_decision(before, wanted, change, decided, acting);
    end if;
    details := appointment_details(wanted.id);
    former := coalesce(former, details);
    answer := jsonb_build_array(
      details || jsonb_build_object(
        'verdict', decided.verdict,
        'next_start_at', decided.next_start_at,
        'missing', case when is_move and decided.verdict in ('resource_taken', 'patient_busy', 'outside_hours') then
          judge_attendance(
            array(
              select claim
              from other_claims_of(wanted_at(
                before, decided.doctor_id, decided.location_id, decided.start_at, decided.end_at,
                decided.buffer_before_minutes, decided.buffer_after_minutes
              )) claim
              where claim.need_id is null
            ),
            wanted.override_reason is null, acting.as_of, before.id
          )
        end,
        'offered', case when decided.verdict = 'not_offered' then offered_by(
          coalesce(wanted.doctor_id, before.doctor_id), acting.by_desk, acting.as_of
        ) end,
        'former_patient_id', before.patient_id,
        'conflict', case when is_reassignment and decided.verdict = 'patient_busy' then appointment_details(
          find_conflict(wanted.id, wanted.patient_id, acting.as_of)
        ) end,
        'former', jsonb_build_object(
          'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
          'start_local', former -> 'start_local', 'end_local', former -> 'end_local',
          'hold_expires_at', before.hold_expires_at
        )
      )
    );
  end if;
  answers := jsonb_build_array(answer, case when released = '{}' then '[]' else list_appointments(released) end);
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Which visit type an appointment got from the request that it began with, and why.
create or replace function explain_visit_type(wanted appointments, begun bigint, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select jsonb_build_object(
    'visit_type_id', visit.id,
    'name', visit.name,
    'because', case
      when visit.id is null and wanted.visit_type_id is not null then 'other_length'
      when visit.id is null then 'none_named'
      when wanted.visit_type_id is not null then 'named'
      else (
        select case
          when bool_or((other.mode = 'in_person') = (visit.mode = 'in_person')) then 'lowest_id'
          when count(*) > 0 then 'in_person_first'
          else 'only_one_of_that_length'
        end
        from doctor_visit_types offer
        join visit_types other on other.id = offer.visit_type_id
        where offer.doctor_id = one.doctor_id
        and other.id <> visit.id
        and other.minutes = visit.minutes
        and other.bookable_online
        and other.is_active
      )
    end
  )
  from appointments one
  left join visit_types visit on visit.id = one.visit_type_id
  where one.id = begun
);
--> statement-breakpoint
-- The open hold that the browser, or the patient, already has of the slot that it asks for.
create or replace function find_own_hold(wanted appointments, wish wish, acting acting) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(hold.id)
  from appointments hold
  join doctors doctor on doctor.id = hold.doctor_id
  join locations location on location.id = doctor.location_id
  where (hold.stranger_id = wanted.stranger_id or hold.patient_id = wanted.patient_id)
  and hold.status = 'pending'
  and hold.hold_expires_at > acting.as_of
  and hold.doctor_id = coalesce(wanted.doctor_id, hold.doctor_id)
  -- One of another length than the visit type's, which the front desk may wish for, has none.
  and (
    wanted.visit_type_id is null
    or hold.visit_type_id = wanted.visit_type_id
    or hold.visit_type_id is null and wish.ends is not null
  )
  and hold.start_at = instant_at(wish.starts, location.time_zone)
  and hold.end_at = coalesce(instant_at(wish.ends, location.time_zone), hold.end_at);
end;
--> statement-breakpoint
-- What can be booked with a doctor, for a refusal to list: of a patient, what can be booked online.
create or replace function offered_by(of_doctor bigint, by_desk boolean, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select coalesce(
    jsonb_agg(
      jsonb_build_object('visit_type_id', visit.id, 'name', visit.name, 'minutes', visit.minutes)
      order by visit.name
    ),
    '[]'
  )
  from doctor_visit_types offer
  join visit_types visit on visit.id = offer.visit_type_id
  where offer.doctor_id = of_doctor
  and exists (select from visit_terms(of_doctor, null, visit.id, by_desk, as_of))
);
--> statement-breakpoint
-- Reads a wish against the clinic's data: one row for each doctor who may be meant, or one row without a doctor. Nothing
-- is judged here; what is unknown, not offered or no longer in use is null. `lasting` is the length of the visit type that
-- was meant. When the front desk wishes for another length, the appointment is of no visit type and has no buffers.
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
    kept.id, visit.minutes * interval '1 minute', kept.buffer_before_minutes, kept.buffer_after_minutes, kept.daily_cap,
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
    -- When none is named, a patient means the doctor's first visit type of exactly that length, in person if there is one.
    -- The front desk means none.
    and case
      when wanted.visit_type_id is not null then kind.id = wanted.visit_type_id
      else kind.minutes * interval '1 minute' = read.end_at - read.start_at and not acting.by_desk
    end
    and (kind.bookable_online or acting.by_desk)
    and kind.is_active
    order by kind.mode <> 'in_person', kind.id
    limit 1
  ) visit on true
  left join lateral (
    select visit.id, visit.buffer_before_minutes, visit.buffer_after_minutes, visit.daily_cap
    where not acting.by_desk
    or read.end_at is null
    or read.end_at - read.start_at = visit.minutes * interval '1 minute'
  ) kept on true
  cross join lateral (
    select coalesce(read.end_at, read.start_at + visit.minutes * interval '1 minute') as end_at
  ) meeting;
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
      -- The front desk books at any minute of the doctor's hours, and outside them or beyond the horizon with a reason.
      when acting.by_desk then case
        when wanted.override_reason is null
        and asked.start_at >= horizon_of(asked.doctor_id, asked.visit_type_id, acting.as_of) then 'beyond_horizon'
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
    end, case
      when wish.colleague_ids is not null or wish.companion_ids is not null then judge_named(
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
-- The rules for moving an appointment to another time, possibly to another doctor.
-- * A patient may move it until the notice before its start (`too_late`), to any open slot; the slot is judged as if the
--   appointment itself were not there. A move may not shorten the notice: the new start must keep the visit type's
--   notice too (`short_notice`, by way of `open_slots`).
-- * The front desk may move it to any time at which nothing else occupies the doctor; beyond the horizon and outside the
--   hours with a reason. With another length it loses its visit type.
-- * Everyone else who takes part comes along, or it stays where it is.
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
      kept.visit_type_id as new_visit_type_id,
      -- Without a visit type there are no buffers, unless it never had one.
      case when one.visit_type_id is null then one.buffer_before_minutes else coalesce(kept.buffer_before_minutes, 0::smallint)
        end as new_buffer_before,
      case when one.visit_type_id is null then one.buffer_after_minutes else coalesce(kept.buffer_after_minutes, 0::smallint)
        end as new_buffer_after,
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
    cross join lateral (select instant_at(change.starts, location.time_zone) as start_at) asked
    cross join lateral (
      select
        asked.start_at,
        coalesce(
          instant_at(change.ends, location.time_zone),
          asked.start_at + case when acting.by_desk then usual.length else coalesce(visit.lasting, usual.length) end
        ) as end_at
    ) read
    -- Another length is no visit type's.
    left join lateral (
      select one.visit_type_id, visit.buffer_before_minutes, visit.buffer_after_minutes
      where read.end_at - read.start_at in (usual.length, visit.lasting)
    ) kept on true
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
    select placed.*, moved.appointment as moved_row, others.claims as others, coalesce(case
      when status <> 'booked' then 'wrong_status'
      when new_doctor_id is null then 'no_doctor'
      when exists (select from unnest(others.claims) other where other.resource_id = new_resource_id) then 'colleague_twice'
      when keeps_time and new_location_id = coalesce(location_id, new_location_id) then 'already'
      when change.version <> event_count then 'stale'
      when not acting.by_desk and start_at - notice <= acting.as_of then 'too_late'
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
    end, judge_attendance(
      others.claims, wanted.override_reason is null, acting.as_of, placed.id
    ) ->> 'verdict') as verdict
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
        select claim
        from other_claims_of(moved.appointment) claim
        where claim.part = any (array['colleague', 'companion'])
        and claim.need_id is null
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
        new_doctor_id, wanted.location_id, visit_type_id, blocked.during, rest_of_day, acting.as_of, id
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

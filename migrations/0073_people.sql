-- What an appointment has claimed besides its doctor and its patient, as it would be at the time and with the status of this
-- row. A colleague who was named has the doctor's buffers.
create or replace function other_claims_of(one appointments) returns setof claims
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    claim.appointment_id, claim.resource_id, claim.part, claim.doctor_id, claim.need_id, own.before_minutes,
    own.after_minutes, case when claim.location_id is not null then coalesce(one.location_id, claim.location_id) end,
    claimed_time(one.status, one.start_at, one.end_at, own.before_minutes, own.after_minutes), one.hold_expires_at
  from claims claim
  cross join lateral (
    select
      case when is_named_colleague then one.buffer_before_minutes else claim.before_minutes end as before_minutes,
      case when is_named_colleague then one.buffer_after_minutes else claim.after_minutes end as after_minutes
    from (select claim.part = 'colleague' and claim.need_id is null as is_named_colleague) which
  ) own
  where claim.appointment_id = one.id
  and claim.part not in ('doctor', 'patient');
end;
--> statement-breakpoint
-- The appointment that is wanted, as it would be with this doctor at this time.
create or replace function wanted_at(
  wanted appointments, doctor_id bigint, location_id bigint, start_at timestamptz, end_at timestamptz,
  buffer_before_minutes smallint, buffer_after_minutes smallint
) returns appointments
language sql
stable
return jsonb_populate_record(wanted, jsonb_build_object(
  'doctor_id', doctor_id,
  'location_id', location_id,
  'start_at', start_at,
  'end_at', end_at,
  'buffer_before_minutes', coalesce(buffer_before_minutes, 0),
  'buffer_after_minutes', coalesce(buffer_after_minutes, 0)
));
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
    jsonb_build_array(to_jsonb(begun) || coalesce(appointment_details(begun.id), '{}')),
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
    if wish.colleague_ids is not null or wish.companion_ids is not null then
      wanted_claims := wanted_claims || array(select claim from named_claims(wanted, wish) claim);
    end if;
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
-- The first of these colleagues and companions who cannot come at the time that the claims name: a verdict and who it is.
-- Null when all can. Another appointment of theirs is in the way of everyone, and with `checks_hours` a colleague must also
-- see patients there then.
create or replace function judge_attendance(
  asked claims[], checks_hours boolean, as_of timestamptz, except_for bigint default null
) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select jsonb_build_object(
    'verdict', judged.verdict,
    'doctor_id', claim.doctor_id,
    'patient_id', case when claim.part = 'companion' then - claim.resource_id end,
    'name', case claim.part
      when 'companion' then (select name from patients where id = - claim.resource_id)
      else (select name from doctors where id = claim.doctor_id)
    end
  )
  from unnest(asked) claim
  cross join lateral (
    select case
      when claim.part = 'colleague' and checks_hours and not is_open_time(claim.doctor_id, claim.location_id, tstzrange(
        lower(claim.during) + claim.before_minutes * interval '1 minute',
        upper(claim.during) - claim.after_minutes * interval '1 minute'
      )) then 'outside_hours'
      when not is_claimed(claim.resource_id, claim.during, as_of, except_for)
      and not (
        claim.part = 'colleague'
        and is_on_the_way(claim.resource_id, claim.location_id, claim.during, as_of, except_for)
      ) then null
      when claim.part = 'companion' then 'patient_busy'
      else 'resource_taken'
    end as verdict
  ) judged
  where claim.part = any (array['colleague', 'companion'])
  and judged.verdict is not null
  order by claim.part, claim.resource_id
  limit 1;
end;
--> statement-breakpoint
-- What a wish names besides the doctor and the patient of this row: further doctors, with the same buffers, and further
-- patients, without any.
create or replace function named_claims(wanted appointments, wish wish) returns setof claims
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    wanted.id, doctor.resource_id, 'colleague', doctor.id, null::bigint, wanted.buffer_before_minutes,
    wanted.buffer_after_minutes, coalesce(wanted.location_id, doctor.location_id),
    claimed_time(
      wanted.status, wanted.start_at, wanted.end_at, wanted.buffer_before_minutes, wanted.buffer_after_minutes
    ),
    wanted.hold_expires_at
  from doctors doctor
  where doctor.id = any (wish.colleague_ids)
  union all
  select
    wanted.id, resource_of_patient(companion.id), 'companion', null, null, 0::smallint, 0::smallint, null,
    claimed_time(wanted.status, wanted.start_at, wanted.end_at, 0, 0), wanted.hold_expires_at
  from unnest(wish.companion_ids) companion (id);
end;
--> statement-breakpoint
-- The first whole minute inside the window at which an appointment like this one fits into the free time of its doctor, at its
-- location or any of theirs, and outside what is blocked; null when there is none.
create or replace function next_gap_around(
  wanted appointments, blocked tstzmultirange, within tstzrange, as_of timestamptz
) returns timestamptz
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
  cross join lateral unnest(free.during - blocked) as piece
  cross join lateral (
    select date_trunc('minute', lower(piece) + interval '59.999999 seconds') as start_at
  ) gap
  where work.doctor_id = wanted.doctor_id
  and (wanted.location_id is null or work.location_id = wanted.location_id)
  and upper(piece) - gap.start_at >= wanted.end_at - wanted.start_at;
end;
--> statement-breakpoint
-- Makes changes that take time of the same doctors or patients wait for one another, always in the same order: two
-- appointments that swap times would otherwise deadlock.
create or replace function take_turns_to_change(wanted appointments, change change) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended('resource ' || resource_id, 0) as key
    from (
      select claim.resource_id from claims claim where claim.appointment_id = wanted.id
      union all
      select doctor.resource_id from doctors doctor where doctor.id = wanted.doctor_id
      union all
      select resource_of_patient(coalesce(wanted.patient_id, change.default_patient_id))
    ) busy
    where resource_id is not null
    order by key
    offset 0
  ) in_order;
end;
--> statement-breakpoint
-- Where inside the window an appointment may not lie because of the colleagues and patients that these claims are for: they
-- have something else, or a colleague does not see patients at that location. The claims of an expired hold count for
-- nothing, and neither do those of `except_for`, the appointment that is being moved.
create or replace function blocked_time(asked claims[], within tstzrange, as_of timestamptz, except_for bigint)
returns tstzmultirange
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(range_agg(blocked.during), '{}')
  from unnest(asked) wanted
  cross join lateral (
    select tstzmultirange(claim.during) as during
    from claims claim
    where wanted.part in ('patient', 'companion')
    and claim.resource_id = wanted.resource_id
    and claim.during && within
    and (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
    union all
    select tstzmultirange(within) - coalesce((
      select free.during
      from free_time(
        wanted.doctor_id, wanted.location_id, within, wanted.before_minutes * interval '1 minute',
        wanted.after_minutes * interval '1 minute', as_of, except_for
      ) free
    ), '{}')
    where wanted.part = 'colleague'
  ) blocked;
end;
--> statement-breakpoint
-- Who of the colleagues and companions that a wish names cannot come at that time; see `judge_attendance`.
create or replace function find_missing_person(wanted appointments, wish wish, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select judge_attendance(
    array(
      select claim
      from named_claims(
        wanted_at(
          wanted, asked.doctor_id, asked.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
          asked.buffer_after_minutes
        ),
        wish
      ) claim
    ),
    wanted.override_reason is null, acting.as_of
  )
  from read_wish(wanted, wish, acting) asked
  where asked.start_at < asked.end_at
  order by asked.doctor_id
  limit 1;
end;
--> statement-breakpoint
-- The rules for the people whom a wish names besides the doctor and the patient of this row. With any doctor, one who is
-- named as a colleague, too, is as good as taken.
create or replace function judge_named(wanted appointments, wish wish, any_doctor boolean, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  colleague as materialized (
    select doctor.id, doctor.resource_id
    from unnest(wish.colleague_ids) named (id)
    left join doctors doctor on doctor.id = named.id and doctor.is_active
  ),
  companion as materialized (
    select patient.id, judge_patient(patient.id, null, acting) as verdict
    from unnest(wish.companion_ids) named (id)
    left join patients patient on patient.id = named.id and patient.erased_at is null
  )
  select case
    when exists (select from colleague where id is null) then 'no_doctor'
    when exists (select from companion where id is null) then 'no_patient'
    when exists (select from companion where verdict = 'patient_inactive') then 'patient_inactive'
    when exists (select from colleague group by resource_id having count(*) > 1) then 'colleague_twice'
    when exists (select from companion group by id having count(*) > 1)
    or exists (select from companion where id = wanted.patient_id) then 'companion_twice'
    when exists (
      select from colleague
      where resource_id = (select resource_id from doctors where id = wanted.doctor_id)
    ) then case when any_doctor then 'slot_taken' else 'colleague_twice' end
    else judge_attendance(
      array(select claim from named_claims(wanted, wish) claim), wanted.override_reason is null, acting.as_of
    ) ->> 'verdict'
  end;
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
      select hold.appointment_id
      from asked
      join claims hold on hold.during && asked.around
      where hold.resource_id = any (array(
        select resource_id from doctors where id = any (wish.colleague_ids)
        union all
        select resource_of_patient(companion.id) from unnest(wish.companion_ids) companion (id)
      ))
      and hold.expires_at <= acting.as_of
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
-- 5. locks the appointment and the expired holds of everyone who takes part around that time, in the order of their
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
      union all
      select other.appointment_id
      from busy
      join claims other
        on other.resource_id = any (array(select claim.resource_id from claims claim where claim.appointment_id = wanted.id))
        and other.during && tstzrange(busy.earliest, busy.latest)
      where other.expires_at <= acting.as_of
    ))
    and (hold.id = wanted.id or hold.status = 'pending' and hold.hold_expires_at <= acting.as_of)
    order by hold.id
    for update
  )
  select array(select id from locked where id <> wanted.id);
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
-- The first slot inside the window that lies outside what is blocked, at one of the doctor's locations or any; null when there
-- is none.
create or replace function next_slot_around(
  of_doctor bigint, at_location bigint, of_visit_type bigint, blocked tstzmultirange, within tstzrange, as_of timestamptz,
  except_for bigint
) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(slot.start_at)
  from open_slots(of_doctor, at_location, of_visit_type, within, false, as_of, except_for) slot
  where not blocked && tstzrange(slot.start_at, slot.end_at);
end;
--> statement-breakpoint
-- After a refusal: whether the doctor and the patient are occupied at the time that was wanted, and the next time on that
-- day that suits everyone. No row when the wish names no possible time.
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
    select wanted_at(
      wanted, asked.doctor_id, asked.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
      asked.buffer_after_minutes
    ) as appointment
  ) possible
  cross join lateral (
    select blocked_time(
      array(
        select claim from claims_of(possible.appointment) claim where claim.part = 'patient'
        union all
        select claim from named_claims(possible.appointment, wish) claim
      ),
      rest_of_day.during, acting.as_of, null
    ) as during
  ) blocked
  cross join lateral (
    select case
      when acting.by_desk then next_gap_around(
        wanted_at(
          wanted, asked.doctor_id, wish.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
          asked.buffer_after_minutes
        ),
        blocked.during, rest_of_day.during, acting.as_of
      )
      else next_slot_around(
        asked.doctor_id, wish.location_id, asked.visit_type_id, blocked.during, rest_of_day.during, acting.as_of, null
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
    end, judge_attendance(
      others.claims, wanted.override_reason is null, acting.as_of, placed.id
    ) ->> 'verdict') as verdict
    from placed
    cross join lateral (
      select wanted_at(
        one, new_doctor_id, new_location_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after
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
    null, new_location_id
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
--> statement-breakpoint
comment on function next_gap(appointments,tstzrange,timestamp with time zone) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function next_slot(bigint,bigint,bigint,bigint,tstzrange,timestamp with time zone,bigint) is 'Retired in release 0.1.0';

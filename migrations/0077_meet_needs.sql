-- Takes everything that a new appointment needs, or nothing. Sorted, so that two requests that need the same things cannot
-- deadlock. `on conflict do nothing` leaves out only what is refused, so the rest is given back.
create or replace function take_claims(wanted claims[]) returns boolean
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  taken integer;
begin
  if cardinality(wanted) <= 2 then
    insert into claims select * from unnest(wanted) order by resource_id on conflict do nothing;
    get diagnostics taken = row_count;
    if taken < cardinality(wanted) then
      delete from claims where appointment_id = wanted[1].appointment_id;
    end if;
    return taken = cardinality(wanted);
  end if;
  -- With more, the caller may go on with others. Whoever wants a row that this transaction deleted waits for its end, and may
  -- have what is tried next: both would wait for ever. Nobody waits for what a subtransaction took back.
  begin
    insert into claims select * from unnest(wanted) order by resource_id on conflict do nothing;
    get diagnostics taken = row_count;
    if taken < cardinality(wanted) then
      raise exception 'a claim was refused' using errcode = 'CL001';
    end if;
    return true;
  exception when sqlstate 'CL001' then
    return false;
  end;
end
$$;
--> statement-breakpoint
-- Makes those who choose rooms, devices and colleagues at the same location for the same days wait for one another, in an order
-- that is always the same. Each then sees what the others chose, so all of 30 requests for 30 rooms get one.
create or replace function take_turns_for_needs(at_locations bigint[], during tstzrange[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended(format('needs %s %s', location_id, day), 0) as key
    from unnest(at_locations) location_id
    cross join unnest(during) asked
    -- Two hours on either side are the longest that a need may take.
    cross join generate_series(
      floor(extract(epoch from lower(asked) - interval '2 hours') / 86400),
      floor(extract(epoch from upper(asked) + interval '2 hours') / 86400)
    ) day
    order by key
    offset 0
  ) in_order;
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
  after.buffer_before_minutes := coalesce(decision.buffer_before_minutes, before.buffer_before_minutes);
  after.buffer_after_minutes := coalesce(decision.buffer_after_minutes, before.buffer_after_minutes);
  if change.event = 'appointment.rescheduled' or before.status = 'noshow' then
    perform claim_again(after, change, acting);
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
    buffer_before_minutes = after.buffer_before_minutes,
    buffer_after_minutes = after.buffer_after_minutes,
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
          find_missing(
            wanted_at(
              jsonb_populate_record(before, jsonb_build_object('visit_type_id', decided.visit_type_id)),
              decided.doctor_id, decided.location_id, decided.start_at, decided.end_at, decided.buffer_before_minutes,
              decided.buffer_after_minutes
            ),
            change, wanted.override_reason is null, acting
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
-- Before an appointment becomes this row: takes everything it needs there, the same as before where that is free. Without
-- needs and without names there is nothing to choose, and the trigger on its row does the rest. Raises an error (23P01) when
-- something was taken since it was judged.
create or replace function claim_again(after appointments, change change, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  others claims[];
begin
  if change.resource_ids is null
  and not exists (select from visit_type_needs where visit_type_id = after.visit_type_id)
  and not exists (select from claims where appointment_id = after.id and need_id is not null) then
    return;
  end if;
  others := pick_claims(
    after, array(select claim from claims_to_keep(after, change) claim), after.override_reason is not null, acting.as_of
  );
  if others is null then
    raise exclusion_violation using message = 'A need can no longer be met.';
  end if;
  perform renew_claims(after.id, array(select claim from claims_of(after) claim) || others);
end
$$;
--> statement-breakpoint
-- Takes everything that a new appointment needs: its doctor and patient, who and what was named, and what meets the needs of
-- its visit type. Answers with what was in the way, or null once all is taken; what is refused leaves nothing behind.
create or replace function claim_all(wanted appointments, wish wish, acting acting) returns text
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  own constant claims[] := array(select claim from claims_of(wanted) claim);
  named constant claims[] := case
    when num_nonnulls(wish.colleague_ids, wish.companion_ids, wish.resource_ids) > 0
      then array(select claim from named_claims(wanted, wish) claim)
    else '{}'
  end;
  others claims[] := named;
  has_needs constant boolean := exists (select from visit_type_needs where visit_type_id = wanted.visit_type_id);
begin
  for attempt in 1..3 loop
    if has_needs or named <> '{}' then
      others := pick_claims(wanted, named, wanted.override_reason is not null, acting.as_of);
      if others is null then
        return 'resource_taken';
      end if;
    end if;
    if take_claims(own || others) then
      return null;
    end if;
    -- What was chosen may just have been taken by someone who does not take turns: then another is chosen.
    exit when not has_needs or exists (
      select from unnest(own || named) claim
      where is_claimed(claim.resource_id, claim.during, acting.as_of)
    );
  end loop;
  return coalesce((
    select case
      when claim.part in ('patient', 'companion') then 'patient_busy'
      when claim.part = 'doctor' then 'slot_taken'
      else 'resource_taken'
    end
    from unnest(own || others) claim
    where is_claimed(claim.resource_id, claim.during, acting.as_of)
    order by array_position(array['patient', 'companion', 'doctor'], claim.part)
    limit 1
  ), 'slot_taken');
end
$$;
--> statement-breakpoint
-- Who and what was named for an appointment and stays with it when it becomes this row: with other rooms and devices when the
-- change names them, and without those of another location.
create or replace function claims_to_keep(one appointments, change change) returns setof claims
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select claim.*
  from other_claims_of(one) claim
  where claim.need_id is null
  and (claim.part in ('colleague', 'companion') or change.resource_ids is null and exists (
    select from resources thing
    where thing.id = claim.resource_id
    and thing.location_id = one.location_id
  ))
  union all
  select
    one.id, thing.id, thing.type, null, null, 0::smallint, 0::smallint, null,
    claimed_time(one.status, one.start_at, one.end_at, 0, 0), one.hold_expires_at
  from resources thing
  where thing.id = any (change.resource_ids)
  and thing.location_id = one.location_id;
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
  refused text;
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
    refused := claim_all(wanted, wish, acting);
    if refused is null then
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
    -- Which of the clinic's rooms and people were missing is not a patient's business.
    begun.verdict := case when refused = 'resource_taken' and acting.by_desk then refused end;
    begun.patient_was_busy := refused = 'patient_busy';
    exit when begun.patient_was_busy; -- with any other doctor, too
  end loop;
  return begun;
end
$$;
--> statement-breakpoint
-- The first of these colleagues, companions, rooms and devices that are not free at the time that the claims name: a verdict
-- and who or what it is. Null when all are. Another appointment is in the way of everyone, and with `checks_hours` a colleague
-- must also see patients there then, and a room or device must be in use.
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
    'resource_id', case when claim.part = any (array['room', 'device']) then claim.resource_id end,
    'part', claim.part,
    'name', case claim.part
      when 'companion' then (select name from patients where id = - claim.resource_id)
      when 'colleague' then (select name from doctors where id = claim.doctor_id)
      else (select name from resources where id = claim.resource_id)
    end
  )
  from unnest(asked) claim
  cross join lateral (
    select case
      when claim.part = 'colleague' and checks_hours and not is_open_time(claim.doctor_id, claim.location_id, tstzrange(
        lower(claim.during) + claim.before_minutes * interval '1 minute',
        upper(claim.during) - claim.after_minutes * interval '1 minute'
      )) then 'outside_hours'
      when claim.part = any (array['room', 'device']) and checks_hours and not coalesce((
        select open.during @> claim.during from open_time_of_resource(claim.resource_id, claim.during) open
      ), false) then 'resource_taken'
      when not is_claimed(claim.resource_id, claim.during, as_of, except_for)
      and not (
        claim.part = 'colleague'
        and is_on_the_way(claim.resource_id, claim.location_id, claim.during, as_of, except_for)
      ) then null
      when claim.part = 'companion' then 'patient_busy'
      else 'resource_taken'
    end as verdict
  ) judged
  where claim.part = any (array['colleague', 'companion', 'room', 'device'])
  and judged.verdict is not null
  order by claim.part, claim.resource_id
  limit 1;
end;
--> statement-breakpoint
-- What a wish names besides the doctor and the patient of this row: further doctors, with the same buffers, and further
-- patients, rooms and devices, without any.
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
  from unnest(wish.companion_ids) companion (id)
  union all
  select
    wanted.id, thing.id, thing.type, null, null, 0::smallint, 0::smallint, null,
    claimed_time(wanted.status, wanted.start_at, wanted.end_at, 0, 0), wanted.hold_expires_at
  from resources thing
  where thing.id = any (wish.resource_ids);
end;
--> statement-breakpoint
-- Chooses who and what meets the needs of an appointment's visit type. Each need gets, of those who are there and free, what
-- is `named`, or else what the appointment has already, or else the least loaded on that day, then by sort order; as long as
-- enough is left for the needs after it, so that all are met whenever they can be. Answers with these claims and the rest of
-- `named`; null when the needs cannot all be met, unless it `may_lack` some.
--
-- Call it after `take_turns_for_needs`: then nobody else chooses the same at that moment.
create or replace function pick_claims(wanted appointments, named claims[], may_lack boolean, as_of timestamptz)
returns claims[]
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with recursive
  need as materialized (
    select
      row_number() over (order by id)::integer as number, (count(*) over ())::integer as of_all, id,
      case type when 'role' then 'colleague' else type end as part, before_minutes, after_minutes, tstzrange(
        wanted.start_at - before_minutes * interval '1 minute', wanted.end_at + after_minutes * interval '1 minute'
      ) as during
    from visit_type_needs
    where visit_type_id = wanted.visit_type_id
  ),
  free as (
    select need.number, one.resource_id, min(one.doctor_id) as doctor_id, min(one.sort_order) as sort_order
    from need
    join candidates_for_needs(wanted.visit_type_id, wanted.location_id) one on one.need_id = need.id
    where one.resource_id <> (select resource_id from doctors where id = wanted.doctor_id)
    and case
      when one.doctor_id is not null then is_open_time(one.doctor_id, wanted.location_id, need.during)
        and not is_on_the_way(one.resource_id, wanted.location_id, need.during, as_of, wanted.id)
      else (select open.during @> need.during from open_time_of_resource(one.resource_id, need.during) open)
    end
    and not is_claimed(one.resource_id, need.during, as_of, wanted.id)
    group by need.number, one.resource_id
  ),
  -- As many as there are needs are always enough: the other needs cannot take them all.
  candidate as materialized (
    select *
    from (
      select free.*, row_number() over (
        partition by free.number
        order by
          free.resource_id = any (array(select resource_id from unnest(named))) desc,
          exists (select from claims where appointment_id = wanted.id and resource_id = free.resource_id) desc,
          (
            select count(*)
            from claims claim
            where claim.resource_id = free.resource_id
            and claim.during && local_day(wanted.start_at, (select time_zone from locations where id = wanted.location_id))
            and (claim.expires_at is null or claim.expires_at > as_of)
          ),
          free.sort_order,
          free.resource_id
      ) as place
      from free
    ) ranked
    where place <= (select count(*) from need)
  ),
  choice (reached, chosen) as (
    select 0, '{}'::bigint[]
    union all
    select need.number, choice.chosen || coalesce(best.resource_id, 0)
    from choice
    join need on need.number = choice.reached + 1
    left join lateral (
      select one.resource_id
      from candidate one
      where one.number = need.number
      and one.resource_id <> all (choice.chosen)
      and (may_lack or not exists (
        -- Any few of the needs still to come for which too few candidates would be left.
        select
        from generate_series(1, (1 << need.of_all - need.number) - 1) few
        where bit_count(few::bit(8)) > (
          select count(distinct other.resource_id)
          from candidate other
          where other.number > need.number
          and few & (1 << other.number - need.number - 1) <> 0
          and other.resource_id <> all (choice.chosen || one.resource_id)
        )
      ))
      order by one.place
      limit 1
    ) best on true
    where best.resource_id is not null
    or may_lack
  ),
  picked as materialized (
    select need.*, candidate.resource_id, candidate.doctor_id
    from (select chosen from choice order by reached desc limit 1) last
    cross join unnest(last.chosen) with ordinality as pick (resource_id, number)
    join need on need.number = pick.number
    join candidate on candidate.number = pick.number and candidate.resource_id = pick.resource_id
  )
  select array(
    select row(
      wanted.id, resource_id, part, doctor_id, id, before_minutes, after_minutes,
      case when doctor_id is not null then wanted.location_id end,
      claimed_time(wanted.status, wanted.start_at, wanted.end_at, before_minutes, after_minutes), wanted.hold_expires_at
    )::claims
    from picked
    union all
    select claim
    from unnest(named) claim
    where claim.resource_id <> all (array(select resource_id from picked))
  )
  where may_lack
  or (select count(*) from picked) = (select count(*) from need);
end;
--> statement-breakpoint
-- The first need of an appointment that cannot be met at its time, as `judge_attendance` says who is not free; null when all
-- can be met.
create or replace function unmet_need(wanted appointments, named claims[], as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select jsonb_build_object(
    'verdict', 'resource_taken',
    'need', jsonb_build_object('type', type, 'role', role, 'specialty', specialty, 'kinds', kinds)
  )
  from visit_type_needs
  where visit_type_id = wanted.visit_type_id
  and pick_claims(wanted, named, false, as_of) is null
  and id <> all (array(
    select need_id
    from unnest(pick_claims(wanted, named, true, as_of))
    where need_id is not null
  ))
  order by id
  limit 1;
end;
--> statement-breakpoint
-- Where inside the window an appointment may not lie because of the people and things that these claims are for: they
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
    where wanted.part in ('patient', 'companion', 'room', 'device')
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
-- Who or what keeps an appointment from becoming this row: someone or something that comes with it, or for the front desk a
-- need that nothing meets.
create or replace function find_missing(one appointments, change change, checks_hours boolean, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(
    judge_attendance(kept.claims, checks_hours, acting.as_of, one.id),
    case when acting.by_desk then unmet_need(one, kept.claims, acting.as_of) end
  )
  from (select array(select claim from claims_to_keep(one, change) claim) as claims) kept;
end;
--> statement-breakpoint
-- Who or what keeps a wish from being met at that time: someone or something that it names (see `judge_attendance`), or for the
-- front desk a need of its visit type that nothing meets.
create or replace function find_missing_person(wanted appointments, wish wish, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(
    judge_attendance(named.claims, wanted.override_reason is null, acting.as_of),
    case when acting.by_desk then unmet_need(possible.appointment, named.claims, acting.as_of) end
  )
  from read_wish(wanted, wish, acting) asked
  cross join lateral (
    select jsonb_populate_record(
      wanted_at(
        wanted, asked.doctor_id, asked.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
        asked.buffer_after_minutes
      ),
      jsonb_build_object('visit_type_id', asked.visit_type_id)
    ) as appointment
    offset 0
  ) possible
  cross join lateral (
    select array(select claim from named_claims(possible.appointment, wish) claim) as claims
  ) named
  where asked.start_at < asked.end_at
  order by asked.doctor_id
  limit 1;
end;
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
          when one.status = 'noshow' then coalesce((
            select case when mine.part in ('patient', 'companion') then 'patient_busy' else 'slot_taken' end
            from claims mine
            where mine.appointment_id = one.id
            and mine.need_id is null
            and (
              is_claimed(
                mine.resource_id,
                claimed_time('booked', one.start_at, one.end_at, mine.before_minutes, mine.after_minutes),
                acting.as_of, one.id
              )
              or mine.location_id is not null and is_on_the_way(
                mine.resource_id, mine.location_id,
                claimed_time('booked', one.start_at, one.end_at, mine.before_minutes, mine.after_minutes),
                acting.as_of, one.id
              )
            )
            order by mine.part = any (array['patient', 'companion'])
            limit 1
          ), case
            when exists (select from visit_type_needs where visit_type_id = one.visit_type_id) and pick_claims(
              reopened, array(select claim from claims_to_keep(reopened, change) claim), one.override_reason is not null,
              acting.as_of
            ) is null then 'slot_taken'
          end)
        end
      end
    end,
    null, null, null, null, null, null,
    one.hold_expires_at + change.longer,
    null, null, null
  )::decision
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  left join visit_types visit on visit.id = one.visit_type_id
  cross join lateral (select jsonb_populate_record(one, '{"status": "booked"}') as reopened offset 0) again
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- The rules for the people and things that a wish names besides the doctor and the patient of this row. With any doctor, one
-- who is named as a colleague, too, is as good as taken. A room or device must be at the appointment's location.
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
    when exists (
      select from unnest(wish.resource_ids) named (id)
      where not exists (
        select from resources thing
        where thing.id = named.id
        and thing.location_id = wanted.location_id
        and thing.is_active
      )
    ) then 'no_resource'
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
-- Locks what a wish needs before it can be judged, in six steps:
-- 1. waits for other bookings of the same account, and
-- 2. for those of a visit type with a daily cap, so that each counts those before it;
-- 3. waits for time off or a closure that is being entered;
-- 4. waits for other bookings of people who are on the way between locations, because no constraint sees that;
-- 5. waits for others who choose rooms, devices and colleagues for the same days;
-- 6. locks expired holds that are in the way or would count, and the browser's other hold: it has one at a time. They are
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

  select take_turns_for_needs(array_agg(asked.location_id), array_agg(tstzrange(asked.start_at, asked.end_at)))
  from read_wish(wanted, wish, acting) asked
  where asked.start_at < asked.end_at
  and (wish.resource_ids is not null or exists (
    select from visit_type_needs where visit_type_id = asked.visit_type_id
  ));

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
        union all
        select unnest(wish.resource_ids)
        union all
        select one.resource_id from candidates_for_needs(asked.visit_type_id, asked.location_id) one
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
-- Locks what a change of time needs before it can be judged, in six steps:
-- 1. to book a hold, waits for other bookings of the same account, and
-- 2. for those of a visit type with a daily cap, so that each counts those before it;
-- 3. waits for time off or a closure that is being entered;
-- 4. waits for other bookings of people who are on the way between locations, because no constraint sees that;
-- 5. waits for others who choose rooms, devices and colleagues for the same days;
-- 6. locks the appointment and the expired holds of everyone who takes part around that time, in the order of their
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

  -- Eight hours are the longest that an appointment lasts.
  select take_turns_for_needs(array_agg(work.location_id), array_agg(tstzrange(asked.start_at, asked.start_at + interval '8 hours')))
  from appointments one
  join doctors doctor on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
  join locations location on location.id = doctor.location_id
  join doctor_locations work on work.doctor_id = doctor.id
  cross join lateral (
    select coalesce(instant_at(change.starts, location.time_zone), one.start_at) as start_at
  ) asked
  where one.id = wanted.id
  and change.event <> 'appointment.booked'
  and (change.resource_ids is not null or exists (
    select from visit_type_needs where visit_type_id = any (array[one.visit_type_id, wanted.visit_type_id])
  ));

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
      union all
      select other.appointment_id
      from busy
      join appointments one on one.id = wanted.id
      join doctor_locations work on work.doctor_id = busy.doctor_id
      cross join unnest(array[one.visit_type_id, wanted.visit_type_id]) visit (type_id)
      cross join candidates_for_needs(visit.type_id, work.location_id) candidate
      join claims other
        on other.resource_id = candidate.resource_id
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
-- The first whole minute inside the window at which an appointment like this one fits into the free time of its doctor, at its
-- location or any of theirs, outside what is blocked and when its needs can be met; null when there is none.
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
  cross join lateral (
    select wanted.end_at - wanted.start_at as lasting, case
      when exists (select from visit_type_needs where visit_type_id = wanted.visit_type_id) then starts_with_needs(
        wanted.visit_type_id, work.location_id, within, wanted.end_at - wanted.start_at,
        (select resource_id from doctors where id = wanted.doctor_id), as_of, wanted.id
      )
      else '{(,)}'
    end as starts
    offset 0
  ) asked
  cross join lateral unnest(free.during - blocked) as piece
  cross join lateral unnest(case
    when upper(piece) - lower(piece) >= asked.lasting
      then tstzmultirange(tstzrange(lower(piece), upper(piece) - asked.lasting, '[]')) * asked.starts
  end) as able
  cross join lateral (
    select date_trunc('minute', lower(able) + interval '59.999999 seconds') as start_at
  ) gap
  where work.doctor_id = wanted.doctor_id
  and (wanted.location_id is null or work.location_id = wanted.location_id)
  and able @> gap.start_at;
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
-- The rules for moving an appointment to another time, possibly to another doctor.
-- * A patient may move it until the notice before its start (`too_late`), to any open slot; the slot is judged as if the
--   appointment itself were not there. A move may not shorten the notice: the new start must keep the visit type's
--   notice too (`short_notice`, by way of `open_slots`).
-- * The front desk may move it to any time at which nothing else occupies the doctor; beyond the horizon and outside the
--   hours with a reason. With another length it loses its visit type.
-- * Everyone else who takes part comes along, or it stays where it is. What meets a need stays the same if it is free.
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
      when keeps_time and change.resource_ids is null and new_location_id = coalesce(location_id, new_location_id) then 'already'
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

-- Gives a record back what a merge took from it, unless it was changed since: the appointments that moved and are still the
-- person's, the links of accounts, the flags, and the fields that it filled. Answers with these appointments. Nothing is judged here.
-- They are times that one patient had, so they cannot overlap.
create or replace function undo_merge(merge patient_merges, reason text, acting acting) returns bigint[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  gone patients;
  stays patients;
  after patients;
  fields text[];
  going_back constant bigint[] := array(
    select id from appointments
    where id = any (merge.appointment_ids)
    and patient_id = merge.into_id
    and (hold_expires_at is null or status = 'pending')
    order by id
  );
  beside constant bigint[] := array(
    select id from unnest(appointments_beside(array[merge.into_id])) id where id = any (merge.appointment_ids)
  );
  appointment bigint;
begin
  select * into gone from patients where id = merge.from_id;
  select * into stays from patients where id = merge.into_id;
  foreach appointment in array going_back loop
    perform reassign_appointment(appointment, merge.from_id, reason, acting);
  end loop;
  foreach appointment in array beside loop
    perform replace_companion(appointment, merge.into_id, merge.from_id, reason, acting);
  end loop;
  perform give_links_back(merge);
  fields := array(
    select mine.key
    from jsonb_each(to_jsonb(stays)) mine
    join jsonb_each(to_jsonb(gone)) theirs on theirs.key = mine.key and theirs.value = mine.value
    where merge.filled ? mine.key
    order by mine.key
  );
  after := jsonb_populate_record(
    stays,
    (
      select jsonb_object_agg(key, case jsonb_typeof(value) when 'array' then '[]' when 'boolean' then 'false' else 'null' end::jsonb)
      from jsonb_each(to_jsonb(stays)) where key = any (fields)
    )
  );
  perform fill_patient(after);
  -- Flags that the merge copied; those that were set since, or before on both, stay.
  delete from patient_flags copied
  using patient_flags theirs
  where copied.patient_id = merge.into_id
  and theirs.patient_id = merge.from_id
  and (copied.flag, copied.set_at) = (theirs.flag, theirs.set_at)
  and (copied.account_id, copied.api_key_id) is not distinct from (theirs.account_id, theirs.api_key_id);
  update patient_merges
  set undone_at = acting.as_of, undone_by_id = acting.account_id
  where id = merge.id;
  update patients set moved_to_id = null, version = version + 1 where id = merge.from_id;
  -- What had been merged into it comes back with it.
  with recursive
  below as (
    select from_id from patient_merges where into_id = merge.from_id and undone_at is null
    union
    select next.from_id from below join patient_merges next on next.into_id = below.from_id and next.undone_at is null
  )
  update patients
  set moved_to_id = merge.from_id, version = version + 1
  where id = any (array(select from_id from below));
  perform append_patient_event(
    merge.from_id, 'patient.unmerged', jsonb_build_object('moved_to_id', merge.into_id), '{"moved_to_id": null}', reason,
    acting
  );
  perform append_patient_event(
    merge.into_id, 'patient.unmerged',
    (
      select jsonb_build_object('from_id', merge.from_id) || coalesce(jsonb_object_agg(key, value), '{}')
      from jsonb_each(to_jsonb(stays)) where key = any (fields)
    ),
    (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(to_jsonb(after)) where key = any (fields)),
    reason, acting
  );
  return going_back || beside;
end
$$;
--> statement-breakpoint
-- Books what a walk-in waits for, and checks them in, all or nothing: `begin_appointment` judges it and answers. Without a
-- doctor it is theirs or, when any will do, whoever is free then. They arrived when they came. Fails with AL410 when nobody waits with that number any more.
--
-- Runs with the owner's rights, as `begin_appointment` does. `pg_temp` comes last, or a caller's temporary tables would
-- stand in for the clinic's.
create or replace function book_walk_in(of_walk_in bigint, wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  waiting walk_ins;
  answers jsonb;
begin
  perform require_authority(acting);
  select one.* into waiting
  from walk_ins one
  join places_of_staff(acting) seen on seen.id = one.location_id
  where one.id = of_walk_in;
  if waiting.id is null then
    raise exception 'There is no such walk-in.' using errcode = 'AL410';
  end if;
  wanted.patient_id := waiting.patient_id;
  wanted.visit_type_id := waiting.visit_type_id;
  wanted.doctor_id := coalesce(wanted.doctor_id, waiting.doctor_id);
  wanted.arrived_at := waiting.came_at;
  wish.location_id := waiting.location_id;
  answers := begin_appointment(wanted, wish, acting);
  if answers #>> '{0,0,id}' is null and walk_in_waits(waiting) then
    return answers;
  end if;
  update walk_ins one
  set appointment_id = (answers #>> '{0,0,id}')::bigint
  where one.id = waiting.id
  and walk_in_waits(one);
  if not found then
    raise exception 'They do not wait any more.' using errcode = 'AL410';
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
  refused text;
  first_kind text := wish.event;
  begun beginning;
begin
  for judged in
    select * from judge_beginning(wanted, wish, acting) where wanted.session_id is null
    union all
    select * from judge_participant(wanted, wish, acting) where wanted.session_id is not null
  loop
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
    if wish.event = 'appointment.booked' then
      wanted.hold_expires_at := approval_deadline(judged.visit_type_id, judged.start_at, acting);
      wanted.awaits_approval := wanted.hold_expires_at is not null;
      if wanted.awaits_approval then
        wanted.status := 'pending';
        first_kind := 'appointment.requested';
      end if;
    end if;
    refused := claim_all(wanted, wish, acting);
    if refused is null then
      event := next_event(null, wanted, first_kind, wanted.override_reason, acting);
      insert into appointments (
        id, doctor_id, location_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes,
        buffer_after_minutes, override_reason, reason_for_visit, hold_expires_at, stranger_id, stranger_address_hash,
        stranger_wider_hash, awaits_approval, capacity, session_id, place, series_id, arrived_at, event_count,
        last_event_hash
      )
      overriding system value
      values (
        wanted.id, wanted.doctor_id, wanted.location_id, wanted.patient_id, wanted.visit_type_id, wanted.status,
        wanted.start_at, wanted.end_at, wanted.buffer_before_minutes, wanted.buffer_after_minutes,
        wanted.override_reason, wanted.reason_for_visit, wanted.hold_expires_at,
        case when wanted.patient_id is null then wanted.stranger_id end, wanted.stranger_address_hash,
        wanted.stranger_wider_hash, coalesce(wanted.awaits_approval, false), wanted.capacity, wanted.session_id,
        wanted.place, wanted.series_id, case when wanted.status = 'arrived' then coalesce(wanted.arrived_at, acting.as_of) end, event.number, event.hash
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
-- The person's own last change, as long as nobody has been told of it and it can be taken back; null when there is none. What
-- was done to several appointments at once is not offered here, because it would be taken back one by one.
create or replace function undo_offer(acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  lately as materialized (
    select
      event.*, event.at + settings.grace_seconds * interval '1 second' as told_at
    from clinic_settings settings
    join events event on event.at > acting.as_of - settings.grace_seconds * interval '1 second'
    where settings.id
    and event.account_id = acting.account_id
  ),
  own as materialized (
    select *
    from lately
    order by id desc
    limit 1
  )
  select jsonb_build_object(
    'id', one.id, 'version', one.event_count, 'kind', own.kind, 'patient', patient.name,
    'seconds', ceil(extract(epoch from own.told_at - acting.as_of))::integer,
    'told_local', (
      select to_char(max(waiting.ready_at) at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI')
      from outbox waiting
      where waiting.appointment_id = one.id
      and waiting.ready_at > acting.as_of
    )
  )
  from own
  join appointments one on one.id = own.appointment_id
  join locations location on location.id = location_of(one)
  left join patients patient on patient.id = one.patient_id
  cross join lateral (select last_change(one.id) as event offset 0) last
  where (last.event).id = own.id
  and is_in_reach(location.id, acting)
  and not exists (select from lately where lately.at = own.at and lately.appointment_id <> own.appointment_id)
  and judge_undo(one, row_before(one, last.event), last.event, null, acting) is null;
end;

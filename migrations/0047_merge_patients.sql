-- `not valid` only because checking every row would lock the table; the rows that are there passed a narrower check.
ALTER TABLE "events" DROP CONSTRAINT "events_kind_is_known";
--> statement-breakpoint
ALTER TABLE "patient_merges" ALTER COLUMN "filled" SET DEFAULT '[]'::jsonb;
--> statement-breakpoint
CREATE INDEX "patient_merges_by_from" ON "patient_merges" USING btree ("from_id","id");
--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_kind_is_known" CHECK ("events"."kind" in ('appointment.held', 'appointment.extended', 'appointment.released', 'appointment.booked', 'appointment.walked_in', 'appointment.rescheduled', 'appointment.cancelled', 'appointment.arrived', 'appointment.fulfilled', 'appointment.missed', 'appointment.reopened', 'appointment.reassigned')) NOT VALID;
--> statement-breakpoint
-- The columns of a record that are empty and that another one can fill.
create or replace function fields_to_fill(stays patients, gone patients) returns text[]
language sql
stable
begin atomic
  select array(
    select mine.key
    from jsonb_each(to_jsonb(stays)) mine
    join jsonb_each(to_jsonb(gone)) theirs on theirs.key = mine.key
    where mine.key = any (array[
      'called_name', 'birth_date', 'sex', 'phone', 'contact_email', 'languages', 'preferred_channel', 'address', 'desk_note',
      'is_deceased', 'is_on_legal_hold'
    ])
    and mine.value in ('null', '[]', 'false')
    and theirs.value not in ('null', '[]', 'false')
    order by mine.key
  );
end;
--> statement-breakpoint
-- Writes the columns that a merge fills, and its undoing empties.
create or replace function fill_patient(after patients) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  update patients
  set
    called_name = after.called_name,
    birth_date = after.birth_date,
    sex = after.sex,
    phone = after.phone,
    contact_email = after.contact_email,
    languages = after.languages,
    preferred_channel = after.preferred_channel,
    address = after.address,
    desk_note = after.desk_note,
    is_deceased = after.is_deceased,
    is_on_legal_hold = after.is_on_legal_hold,
    version = version + 1
  where id = after.id;
end;
--> statement-breakpoint
-- The first appointment of a patient that is at the time of another appointment; null when they could go to both. One that
-- occupies no time is in nobody's way, and neither is a hold that has expired.
create or replace function find_conflict(of_appointment bigint, of_patient bigint, as_of timestamptz) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select other.id
  from appointments one
  join appointments other
    on other.patient_id = of_patient
    and other.start_at > one.start_at - interval '8 hours'
    and other.start_at < one.end_at
    and other.patient_occupied && one.patient_occupied
    and other.id <> one.id
  where one.id = of_appointment
  and (other.hold_expires_at is null or other.hold_expires_at > as_of)
  and (one.hold_expires_at is null or one.hold_expires_at > as_of)
  order by other.start_at, other.id
  limit 1;
end;
--> statement-breakpoint
-- The record in force for a patient: the one that took its place, or the record itself. First waits for a merge that is
-- under way, and keeps others waiting until the caller has committed: what it writes would otherwise stay with a record
-- that has just been merged. Take it before any other lock.
create or replace function follow_patient(of_patient bigint) returns bigint
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock_shared(hashtext('merges'));

  select coalesce((select moved_to_id from patients where id = of_patient), of_patient);
end;
--> statement-breakpoint
-- Gives a record the links of accounts back that a merge moved. One that was removed since stays removed. An account that
-- could act for the other record too, on its own account or through another merge, keeps that.
create or replace function give_links_back(merge patient_merges) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with
  moved as (
    select link.account_id, link.relation, link.linked_at, link.notice_sent_at, of_merge -> 'replaced' as replaced
    from jsonb_array_elements(merge.links) of_merge
    cross join jsonb_populate_record(null::account_patients, of_merge) link
    join account_patients present on present.account_id = link.account_id and present.patient_id = merge.into_id
  ),
  given as (
    insert into account_patients (account_id, patient_id, relation, linked_at, notice_sent_at)
    select account_id, merge.from_id, relation, linked_at, notice_sent_at from moved
    on conflict do nothing
  ),
  restored as (
    update account_patients kept
    set relation = moved.replaced ->> 'relation'
    from moved
    where kept.account_id = moved.account_id
    and kept.patient_id = merge.into_id
    and moved.replaced <> 'null'
  )
  delete from account_patients gone
  using moved
  where gone.account_id = moved.account_id
  and gone.patient_id = merge.into_id
  and moved.replaced = 'null'
  and not exists (
    select from patient_merges other
    where other.into_id = merge.into_id
    and other.id <> merge.id
    and other.undone_at is null
    and other.links @> jsonb_build_array(jsonb_build_object('account_id', gone.account_id))
  );
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
    and mine.patient_occupied is not null
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
-- The rules for undoing the last merge of a record: within 30 days, and before those of the record that it was merged into.
-- Without any merge, no row.
create or replace function judge_unmerge(of_record bigint, as_of timestamptz) returns table (verdict text, merge patient_merges)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    case
      when last.undone_at is not null then 'already'
      when last.merged_at <= as_of - interval '30 days' then 'undo_expired'
      when gone.erased_at is not null or stays.erased_at is not null then 'patient_erased'
      when stays.moved_to_id is not null then 'already_merged'
    end,
    last
  from patient_merges last
  join patients gone on gone.id = last.from_id
  join patients stays on stays.id = last.into_id
  where last.id = (select max(id) from patient_merges where from_id = of_record);
end;
--> statement-breakpoint
-- Whether an appointment has only ever been a hold, and its last event was written before this instant by PostgreSQL's
-- clock. Looks only at what no caller can set: not at the appointment, and not at the times that events carry.
create or replace function may_forget_hold(hold bigint, written_before timestamptz) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
return exists (
  select from event_heads
  where appointment_id = hold
  and written_at < written_before
) and not exists (
  select from events
  where appointment_id = hold
  and (
    kind not in ('appointment.held', 'appointment.extended', 'appointment.released', 'appointment.reassigned')
    or after ->> 'status' not in ('pending', 'cancelled')
  )
);
--> statement-breakpoint
-- Moves the links of accounts from one record to another. Answers with them as they were, each with the link that the
-- account already had to the other record, for the undoing. Who is the person themselves stays that, also where the
-- other record was a dependant's. A trigger sets when each link ends.
create or replace function move_links(of_record bigint, into_record bigint) returns jsonb
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with
  gone as (
    delete from account_patients
    where patient_id = of_record
    returning *
  ),
  moved as (
    insert into account_patients (account_id, patient_id, relation, linked_at, notice_sent_at)
    select account_id, into_record, relation, linked_at, notice_sent_at from gone
    on conflict (account_id, patient_id) do update
    set relation = 'self'
    where excluded.relation = 'self'
  )
  select coalesce(jsonb_agg(to_jsonb(gone) || jsonb_build_object('replaced', to_jsonb(kept)) order by gone.account_id), '[]')
  from gone
  left join account_patients kept on kept.account_id = gone.account_id and kept.patient_id = into_record;
end;
--> statement-breakpoint
-- Gives a record back what a merge took from it, unless it was changed since: the appointments that moved and are still the
-- person's, the links of accounts, and the fields that it filled. Answers with these appointments. Nothing is judged here.
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
  appointment bigint;
begin
  select * into gone from patients where id = merge.from_id;
  select * into stays from patients where id = merge.into_id;
  foreach appointment in array going_back loop
    perform reassign_appointment(appointment, merge.from_id, reason, acting);
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
  return going_back;
end
$$;
--> statement-breakpoint
-- Undoes the last merge of a record. No rule is written here, only the order of the steps. While it runs, nothing else
-- begins or changes an appointment (`follow_patient`).
--
-- Answers with two lists: the verdict and the merge; the appointments that went back.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function unmerge_patients(of_record bigint, reason text, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  judged record;
  given_back bigint[] := '{}';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  perform pg_advisory_xact_lock(hashtext('merges'));
  -- Corrections wait, and are seen.
  perform from patients where id = of_record or id = follow_patient(of_record) order by id for no key update;
  select * into judged from judge_unmerge(of_record, acting.as_of);
  if found and judged.verdict is null then
    given_back := undo_merge(judged.merge, reason, acting);
  end if;
  answers := jsonb_build_array(
    case when judged is null then '[]' else jsonb_build_array(to_jsonb(judged)) end,
    case when given_back = '{}' then '[]' else list_appointments(given_back) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
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
  end if;
  event := next_event(before, after, change.event, change.reason, acting);
  update appointments
  set
    status = after.status,
    doctor_id = after.doctor_id,
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
-- Moves everything that belongs to one record to another, and remembers it in `patient_merges`. Nothing is judged here.
-- The record that goes keeps its own columns, identifiers and search keys: it is still found by them, and what was filled
-- from it can be told from what was corrected later. Holds that were released stay with it until they are forgotten.
create or replace function apply_merge(of_record bigint, into_record bigint, reason text, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  gone patients;
  stays patients;
  after patients;
  fields text[];
  moving bigint[];
  appointment bigint;
begin
  select * into gone from patients where id = of_record;
  select * into stays from patients where id = into_record;
  fields := fields_to_fill(stays, gone);
  after := jsonb_populate_record(
    stays, (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(gone)) where key = any (fields))
  );
  moving := array(
    select id from appointments
    where patient_id = of_record
    and (hold_expires_at is null or status = 'pending')
    order by id
  );
  foreach appointment in array moving loop
    perform reassign_appointment(appointment, into_record, reason, acting);
  end loop;
  insert into patient_merges (from_id, into_id, merged_at, merged_by_id, appointment_ids, links, filled)
  values (
    of_record, into_record, acting.as_of, acting.account_id, moving, move_links(of_record, into_record), to_jsonb(fields)
  );
  perform fill_patient(after);
  -- What was merged into the record that goes follows it.
  update patients
  set moved_to_id = into_record, version = version + 1
  where id = of_record or moved_to_id = of_record;
  perform append_patient_event(
    of_record, 'patient.merged', '{"moved_to_id": null}', jsonb_build_object('moved_to_id', into_record), reason, acting
  );
  perform append_patient_event(
    into_record, 'patient.merged',
    (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(to_jsonb(stays)) where key = any (fields)),
    (
      select jsonb_build_object('from_id', of_record) || coalesce(jsonb_object_agg(key, value), '{}')
      from jsonb_each(to_jsonb(after)) where key = any (fields)
    ),
    reason, acting
  );
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
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  wanted.patient_id := follow_patient(wanted.patient_id);
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
    select coalesce(jsonb_agg(to_jsonb(free)), '[]') into next_free from find_next_free(wanted, wish, acting) free;
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
-- Closes an account for good, unless it is the last admin's. Nobody can sign in to it any more: its sessions, keys,
-- passkeys and links end, and it gives up its address, which may sign up again as a new account. The row stays, because
-- history refers to it; a patient's loses its name too. Appointments stay, unless `cancels` says otherwise; then see
-- `cancel_upcoming`.
--
-- Answers with the account, whose id is null when there is none that is open; whether it is the last admin's; the hashes
-- of the tokens and the ids of the keys that ended; what became of the appointments; and the address that it had.
create or replace function close_account(account bigint, cancels boolean, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before accounts;
  is_last_admin boolean;
  ended text[] := '{}';
  revoked bigint[] := '{}';
  cancelled jsonb := '[]';
begin
  -- Before any row is locked: a merge may be moving the account's links.
  perform follow_patient(null);
  -- As for every change of roles or keys: an admin remains, and no key is being issued meanwhile.
  perform pg_advisory_xact_lock(hashtext('authority'));
  select * into before from accounts where id = account and closed_at is null for update;
  is_last_admin := before.role = 'admin' and not exists (
    select from accounts other where other.role = 'admin' and other.closed_at is null and other.id <> account
  );
  if before.id is not null and not is_last_admin then
    if cancels then
      cancelled := cancel_upcoming(account, acting);
    end if;
    update accounts
    set
      closed_at = acting.as_of,
      email = 'closed-' || id || '@account.invalid',
      name = case when role = 'patient' then '' else name end,
      updated_at = acting.as_of
    where id = account;
    ended := end_sessions(array(select id from sessions where account_id = account), 'account_closed', acting);
    revoked := revoke_keys(array(select id from api_keys where owner_id = account), acting);
    delete from passkeys where account_id = account;
    delete from account_links where account_id = account;
    delete from email_changes where account_id = account;
    delete from sign_in_codes where email = before.email;
    perform unlink_patient(pair.patient_id, account, null, acting)
    from account_patients pair
    where pair.account_id = account;
    perform record_security_event('account.closed', account, '{}', acting);
  end if;
  return jsonb_build_object(
    'id', before.id, 'is_last_admin', coalesce(is_last_admin, false), 'ended', to_jsonb(ended),
    'revoked', to_jsonb(revoked), 'cancelled', cancelled, 'email', before.email
  );
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
-- The rules for giving an appointment to another patient, because it was booked for the wrong one. What is over may also
-- be given to someone who is no longer a patient; a hold is released instead.
create or replace function judge_reassignment(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when patient.id is null then 'no_patient'
      when one.hold_expires_at is not null then 'wrong_status'
      when one.patient_id = patient.id then 'already'
      when change.version <> one.event_count then 'stale'
      when patient.erased_at is not null or former.erased_at is not null then 'patient_erased'
      when (patient.is_deceased or not patient.is_active)
      and one.status = any (array['booked', 'arrived'])
      and one.end_at > acting.as_of then 'patient_inactive'
      when find_conflict(one.id, patient.id, acting.as_of) is not null then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null
  )::decision
  from appointments one
  left join patients patient on patient.id = wanted.patient_id
  left join patients former on former.id = one.patient_id
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- Merges one record into another of the same person. No rule is written here, only the order of the steps. While it runs,
-- nothing else begins or changes an appointment (`follow_patient`), so that nothing new can get in the way.
--
-- Answers with four lists: the verdict and the merge; the appointments that moved; the two that overlap; the expired holds
-- that it released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function merge_patients(
  of_record bigint, into_record bigint, confirmed boolean, reason text, acting acting
) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  records constant bigint[] := array[of_record, into_record];
  released bigint[];
  hold bigint;
  judged record;
  merge patient_merges;
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  perform pg_advisory_xact_lock(hashtext('merges'));
  -- Corrections wait, and are seen.
  perform from patients where id = any (records) order by id for no key update;
  released := array(
    select id from appointments
    where patient_id = any (records)
    and status = 'pending'
    and hold_expires_at <= acting.as_of
    order by id
    for update
  );
  foreach hold in array released loop
    perform release_hold(hold, acting);
  end loop;
  select * into judged from judge_merge(of_record, into_record, confirmed, acting.as_of);
  if found and judged.verdict is null then
    perform apply_merge(of_record, into_record, reason, acting);
  end if;
  select * into merge from patient_merges one where one.from_id = of_record and one.undone_at is null;
  answers := jsonb_build_array(
    case when judged is null then '[]' else jsonb_build_array(to_jsonb(judged) || jsonb_build_object('merge', to_jsonb(merge))) end,
    case when judged.verdict is null then list_appointments(merge.appointment_ids) else '[]' end,
    case when judged.overlap is null then '[]' else list_appointments(judged.overlap) end,
    case when released = '{}' then '[]' else list_appointments(released) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Gives an appointment to another patient, with the event that records it. The caller has judged it, and holds the lock
-- 'merges'.
create or replace function reassign_appointment(of_appointment bigint, new_patient bigint, reason text, acting acting)
returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before appointments;
  after appointments;
  event events;
begin
  select * into before from appointments where id = of_appointment for no key update;
  after := before;
  after.patient_id := new_patient;
  event := next_event(before, after, 'appointment.reassigned', reason, acting);
  update appointments
  set patient_id = new_patient, event_count = event.number, last_event_hash = event.hash
  where id = of_appointment;
  perform append_event(event);
end
$$;

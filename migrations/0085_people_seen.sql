ALTER TABLE "events" DROP CONSTRAINT "events_kind_is_known";
--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_kind_is_known" CHECK ("events"."kind" in ('appointment.held', 'appointment.extended', 'appointment.released', 'appointment.booked', 'appointment.walked_in', 'appointment.rescheduled', 'appointment.cancelled', 'appointment.arrived', 'appointment.fulfilled', 'appointment.missed', 'appointment.reopened', 'appointment.reassigned', 'appointment.resized', 'appointment.requested', 'appointment.confirmed', 'appointment.declined', 'appointment.lapsed', 'appointment.people_changed')) NOT VALID;
--> statement-breakpoint
-- Who takes part in an appointment besides its doctor and its patient: colleagues first, then companions.
create or replace function others_of(of_appointment bigint) returns jsonb
language sql
stable
return (
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'doctor_id', doctor.id, 'patient_id', patient.id, 'name', coalesce(doctor.name, patient.name), 'role', doctor.role
      )
      order by claim.part, abs(claim.resource_id)
    ),
    '[]'
  )
  from claims claim
  left join doctors doctor on claim.part = 'colleague' and doctor.id = claim.doctor_id
  left join patients patient on claim.part = 'companion' and patient.id = - claim.resource_id
  where claim.appointment_id = of_appointment
  and claim.part in ('colleague', 'companion')
);
--> statement-breakpoint
-- What an event says about the others who were named; nothing when there are none, so that its hash is that of one from before.
create or replace function people_in_facts(of_appointment bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select
    case when count(doctor_id) > 0 then jsonb_build_object(
      'colleague_ids', jsonb_agg(doctor_id order by doctor_id) filter (where part = 'colleague')
    ) else '{}' end
    || case when count(*) filter (where part = 'companion') > 0 then jsonb_build_object(
      'companion_ids', jsonb_agg(- resource_id order by - resource_id) filter (where part = 'companion')
    ) else '{}' end
  from claims
  where appointment_id = of_appointment
  and part in ('colleague', 'companion')
  and need_id is null;
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
  beside constant bigint[] := appointments_beside(array[of_record]);
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
  -- Who came along to what is now their own appointment, and has given up its time.
  foreach appointment in array array(
    select id from unnest(appointments_beside(array[into_record])) id where id = any (moving)
  ) loop
    perform replace_companion(appointment, into_record, null, reason, acting);
  end loop;
  foreach appointment in array moving loop
    perform reassign_appointment(appointment, into_record, reason, acting);
  end loop;
  foreach appointment in array beside loop
    perform replace_companion(appointment, of_record, into_record, reason, acting);
  end loop;
  insert into patient_merges (from_id, into_id, merged_at, merged_by_id, appointment_ids, links, filled)
  values (
    of_record, into_record, acting.as_of, acting.account_id, moving || beside, move_links(of_record, into_record), to_jsonb(fields)
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
-- An appointment with the names around it, as verbs answer with it.
create or replace function appointment_details(of_appointment bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select to_jsonb(details)
  from (
    select
      one.id, one.status, one.event_count as version,
      one.start_at, to_char(one.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      one.end_at, to_char(one.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      one.doctor_id, doctor.name as doctor, one.patient_id, patient.name as patient,
      one.visit_type_id, visit.name as visit_type, visit.mode, visit.cancellation_notice_minutes,
      location.id as location_id, location.name as location, location.address, location.phone, location.time_zone,
      one.override_reason, one.reason_for_visit, one.hold_expires_at, one.capacity, one.session_id, one.series_id,
      one.awaits_approval, decline_reason(one) as decline_reason,
      things_of(coalesce(one.session_id, one.id)) as resources,
      to_char(one.hold_expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as hold_expires_local,
      affected.elsewhere,
      others_of(one.id) as others
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    -- Where else it changes the free time: other locations of whoever takes part. Null, when it takes something that anyone
    -- might need.
    cross join lateral (
      select case when not bool_or(claim.need_id is not null or claim.part = any (array['room', 'device'])) then coalesce(
        jsonb_agg(jsonb_build_object('doctor_id', work.doctor_id, 'location_id', work.location_id)) filter (
          where (work.doctor_id, work.location_id) <> (one.doctor_id, coalesce(one.location_id, doctor.location_id))
        ),
        '[]'
      ) end as elsewhere
      from claims claim
      left join doctors person on person.resource_id = claim.resource_id
      left join doctor_locations work on work.doctor_id = person.id
      where claim.appointment_id = one.id
    ) affected
    where one.id = of_appointment
  ) details;
end;
--> statement-breakpoint
-- The appointments to which these patients come along with another.
create or replace function appointments_beside(patients bigint[]) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select array(
    select claim.appointment_id
    from unnest(patients) patient (id)
    join claims claim on claim.resource_id = resource_of_patient(patient.id) and claim.part in ('colleague', 'companion')
    order by claim.appointment_id
  );
end;
--> statement-breakpoint
-- Cancels the account's appointments that are still to come, and releases its holds, each with its event: those of patients
-- for whom no other account acts; who only comes along, leaves. What may no longer be cancelled online stays, unless the front desk cancels it. Answers
-- with what `change_appointment` says of each.
create or replace function cancel_upcoming(account bigint, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  upcoming record;
  answer jsonb;
  answers jsonb := '[]';
begin
  -- The request itself claims the key, once.
  acting.idempotency_key := null;
  for upcoming in
    select one.id, one.status, one.awaits_approval
    from account_patients pair
    join appointments one on one.patient_id = pair.patient_id
    where pair.account_id = account
    and one.start_at > acting.as_of
    and one.status in ('booked', 'pending')
    and not exists (
      select from account_patients other
      where other.patient_id = pair.patient_id
      and other.account_id <> account
      and link_is_in_force(other.ends_on, acting.as_of)
    )
    order by one.id
  loop
    answer := change_appointment(
      jsonb_populate_record(null::appointments, jsonb_build_object('id', upcoming.id, 'status', 'cancelled')),
      jsonb_populate_record(null::change, jsonb_build_object(
        'event', case
          when upcoming.status = 'booked' or upcoming.awaits_approval then 'appointment.cancelled'
          else 'appointment.released'
        end,
        'from_statuses', array[upcoming.status],
        'of_anyone', true
      )),
      acting
    );
    answers := answers || (answer -> 0);
  end loop;
  for upcoming in
    select one.id, pair.patient_id as companion
    from account_patients pair
    cross join lateral unnest(appointments_beside(array[pair.patient_id])) beside (id)
    join appointments one on one.id = beside.id
    where pair.account_id = account
    and one.start_at > acting.as_of
    and one.status = 'booked'
    and not exists (
      select from account_patients other
      where other.patient_id = pair.patient_id
      and other.account_id <> account
      and link_is_in_force(other.ends_on, acting.as_of)
    )
    order by one.id
  loop
    answer := appointment_details(upcoming.id);
    perform leave_appointment(upcoming.id, upcoming.companion, acting);
    answers := answers || (appointment_details(upcoming.id) || jsonb_build_object('verdict', 'left', 'former', answer));
  end loop;
  return answers;
end
$$;
--> statement-breakpoint
-- Changes who takes part in an appointment besides its doctor and its patient, all or nothing: those who are named from now on
-- take the place of those who were. Who meets a need of the visit type stays.
--
-- Answers with two lists: the appointment, with the verdict, who cannot come and whose free time it took before, or nothing when there is
-- none; the expired holds that this transaction released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_people(wanted appointments, wish wish, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  before appointments;
  verdict text;
  former jsonb;
  former_facts jsonb;
  kept claims[];
  named claims[];
  released bigint[];
  hold bigint;
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  perform follow_patient(null);
  wish.companion_ids := array(
    select coalesce(record.moved_to_id, companion.id)
    from unnest(wish.companion_ids) companion (id)
    left join patients record on record.id = companion.id
  );
  perform pg_advisory_xact_lock_shared(hashtext('absences'));
  released := array(
    select hold.id
    from appointments hold
    where hold.id = any (wanted.id || array(
      select claim.appointment_id
      from appointments one
      cross join lateral named_claims(one, wish) named
      join claims claim on claim.resource_id = named.resource_id and claim.during && named.during
      where one.id = wanted.id
      and claim.expires_at <= acting.as_of
    ))
    and (hold.id = wanted.id or hold.status = 'pending' and hold.hold_expires_at <= acting.as_of)
    order by hold.id
    for no key update
  );
  foreach hold in array array_remove(released, wanted.id) loop
    perform release_hold(hold, acting);
  end loop;
  select * into before from appointments where id = wanted.id and hold_expires_at is null;
  if before.id is not null then
    wanted.override_reason := coalesce(wanted.override_reason, before.override_reason);
    former := appointment_details(before.id) -> 'elsewhere';
    former_facts := people_in_facts(before.id);
    kept := array(
      select claim from claims claim
      where appointment_id = before.id
      and (part not in ('colleague', 'companion') or need_id is not null)
    );
    named := array(
      select claim from named_claims(before, wish) claim
      where claim.resource_id <> all (array(select resource_id from unnest(kept) where part = 'colleague'))
    );
    verdict := case
      when change.version <> before.event_count then 'stale'
      when before.status <> all (array['booked', 'arrived']) then 'wrong_status'
      else judge_named(
        jsonb_populate_record(before, jsonb_build_object('override_reason', wanted.override_reason)), wish, false, acting
      )
    end;
    if verdict is null then
      perform renew_claims(before.id, kept || named);
      if people_in_facts(before.id) <> former_facts then
        perform record_people(before, former_facts, change.reason, acting);
      else
        verdict := 'already';
      end if;
    end if;
  end if;
  answers := jsonb_build_array(
    case when before.id is null then '[]' else jsonb_build_array(
      appointment_details(before.id) || jsonb_build_object(
        'verdict', verdict,
        'former_elsewhere', former,
        'missing', case when verdict <> 'already' then
          judge_attendance(named, wanted.override_reason is null, acting.as_of, before.id)
        end
      )
    ) end,
    list_appointments(array_remove(released, wanted.id))
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Makes sure that a person of these records has no appointment to come: releases their holds and, when `cancels` says so,
-- cancels what is booked, all or nothing. What they only come along to stays, without them. The caller has locked the records. Answers with the ids of both, or with the refusal
-- and the appointments that stand in the way: all of them, those that may no longer be cancelled online, or one of someone
-- who is here now.
create or replace function end_appointments(records bigint[], cancels boolean, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  upcoming constant bigint[] := array(
    select id
    from appointments
    where (patient_id = any (records) or id = any (appointments_beside(records)))
    and (
      status = 'booked' and end_at > acting.as_of
      or status = 'arrived'
      or awaits_approval and hold_expires_at > acting.as_of
    )
    order by id
  );
  beside constant bigint[] := array(
    select id from appointments where id = any (upcoming) and not patient_id = any (records) order by id
  );
  holds constant bigint[] := array(
    select id
    from appointments
    where patient_id = any (records)
    and status = 'pending'
    and (not awaits_approval or hold_expires_at <= acting.as_of)
    order by id
    for update
  );
  in_the_way bigint[];
  one bigint;
  answer jsonb;
begin
  -- The request itself claims the key, once.
  acting.idempotency_key := null;
  in_the_way := case
    when cancels then array(select id from appointments where id = any (upcoming) and status = 'arrived')
    else upcoming
  end;
  if in_the_way = '{}' then
    begin
      foreach one in array beside loop
        perform replace_companion(one, - resource_id, null, null, acting)
        from claims
        where appointment_id = one
        and resource_id = any (array(select resource_of_patient(id) from unnest(records) id));
      end loop;
      foreach one in array array(select id from unnest(upcoming) id where id <> all (beside)) loop
        answer := change_appointment(
          jsonb_populate_record(null::appointments, jsonb_build_object('id', one, 'status', 'cancelled')),
          jsonb_populate_record(null::change, jsonb_build_object(
            'event', 'appointment.cancelled', 'from_statuses', array['booked', 'pending'], 'of_anyone', true
          )),
          acting
        );
        if answer -> 0 -> 0 ->> 'verdict' is distinct from null then
          in_the_way := array[one];
          raise exception 'It may not be cancelled any more.' using errcode = 'AL409';
        end if;
      end loop;
    exception when sqlstate 'AL409' then
      -- This took back those that it had cancelled before.
      null;
    end;
  end if;
  if in_the_way <> '{}' then
    return jsonb_build_object(
      'refusal', 'has_future_appointments', 'appointments', list_appointments(in_the_way)
    );
  end if;
  foreach one in array holds loop
    perform release_hold(one, acting);
  end loop;
  return jsonb_build_object(
    'cancelled', to_jsonb(array(select id from unnest(upcoming) id where id <> all (beside))), 'released', to_jsonb(holds),
    'left', to_jsonb(beside)
  );
end
$$;
--> statement-breakpoint
-- Erases everything about the person of this record, and closes the account with which they sign in, unless it also acts for
-- others. Times and statuses of appointments stay, and so do the chains of events. Whoever is on legal hold is not erased, nor
-- someone with appointments to come, unless `cancels` says to cancel those first. Whoever is here now has to be seen first.
-- Erasing again changes nothing. Patients erase only themselves. They
-- must have signed in lately, with their passkey if they have one.
--
-- Answers with null when there is no such patient, or with the refusal and the appointments that stand in the way, or with
-- what was cancelled and released, and which sessions and keys ended. No answer names the person: answers are kept.
--
-- Runs with the owner's rights: the Worker's database role may not write history. `pg_temp` comes last, or a caller's
-- temporary tables would stand in for the clinic's.
create or replace function erase_patient(of_patient bigint, cancels boolean, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  records bigint[];
  kept patients;
  answer jsonb;
  ended jsonb;
  texts text[];
begin
  -- No merge and no booking is under way now (`follow_patient`).
  perform pg_advisory_xact_lock(hashtext('merges'));
  records := records_of_person(of_patient);
  perform from patients where id = any (records) order by id for update;
  select * into kept from patients where id = any (records) and moved_to_id is null;
  if kept.id is null or acting.actor_kind = 'patient' and not exists (
    select from account_patients
    where account_id = acting.account_id
    and patient_id = kept.id
    and relation = 'self'
  ) then
    return null;
  end if;
  answer := jsonb_build_object('id', kept.id, 'erased_at', coalesce(kept.erased_at, acting.as_of));
  if acting.actor_kind = 'patient' and not (
    signed_in_lately(acting)
    and exists (select from sessions where token_hash = acting.session_hash and may_change_passkeys(sessions))
  ) then
    return answer || '{"refusal": "not_confirmed"}';
  elsif kept.erased_at is not null then
    return answer;
  elsif exists (select from patients where id = any (records) and is_on_legal_hold) then
    return answer || '{"refusal": "on_legal_hold"}';
  end if;
  answer := answer || end_appointments(records, cancels, acting);
  if answer ? 'refusal' then
    return answer;
  end if;
  texts := texts_about(records);
  ended := erase_accounts(records, acting);
  perform empty_reasons(array(select id from appointments where patient_id = any (records)));
  perform empty_records(records, acting);
  perform empty_kept_answers(records, texts, acting);
  -- Their own request must not leave behind where they are.
  if acting.actor_kind = 'patient' then
    acting.network_hash := null;
    acting.place := null;
  end if;
  perform append_patient_event(kept.id, 'patient.erased', null, null, null, acting);
  perform record_security_event(
    'data.erased', (ended -> 'accounts' ->> 0)::bigint, jsonb_build_object('patient_id', kept.id), acting
  );
  return answer || ended || jsonb_build_object(
    'cancelled', list_appointments(array(select jsonb_array_elements_text(answer -> 'cancelled')::bigint)),
    'released', list_appointments(array(select jsonb_array_elements_text(answer -> 'released')::bigint)),
    'left', list_appointments(array(select jsonb_array_elements_text(answer -> 'left')::bigint))
  );
end
$$;
--> statement-breakpoint
-- Every appointment on these records, from first to last, with its events. An event says which facts changed to what. About one
-- that they only come along to, it says nothing that was written about the patient.
create or replace function export_appointments(records bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  described as (
    select
      one.id, one.patient_id, one.status, one.event_count as version,
      in_utc(one.start_at) as start_at, to_char(one.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      in_utc(one.end_at) as end_at, to_char(one.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      location.time_zone, location.name as location, doctor.name as doctor, visit.name as visit_type,
      case when own.is_patient then one.reason_for_visit end as reason_for_visit,
      case when own.is_patient then one.override_reason end as override_reason, in_utc(one.hold_expires_at) as hold_expires_at
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join visit_types visit on visit.id = one.visit_type_id
    cross join lateral (select one.patient_id = any (records) as is_patient) own
    where one.patient_id = any (records)
    or one.id = any (appointments_beside(records))
  ),
  told as (
    select
      event.appointment_id,
      jsonb_agg(
        jsonb_build_object(
          'number', event.number, 'kind', event.kind, 'at', in_utc(event.at), 'actor', event.actor_kind,
          'reason', case when described.patient_id = any (records) then event.reason end, 'changes', changed_facts(event.before, event.after)
        )
        order by event.number
      ) as events
    from described
    join events event on event.appointment_id = described.id
    group by event.appointment_id
  )
  select coalesce(
    jsonb_agg(
      to_jsonb(described) || jsonb_build_object('events', coalesce(told.events, '[]'))
      order by described.start_at, described.id
    ),
    '[]'
  )
  from described
  left join told on told.appointment_id = described.id;
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
    -- Of patients and companions. Two people in one appointment are hardly one person, either.
    select array[mine.appointment_id, theirs.appointment_id] as pair
    from claims mine
    join claims theirs on theirs.resource_id = resource_of_patient(into_record) and theirs.during && mine.during
    where mine.resource_id = resource_of_patient(of_record)
    and mine.during is not null
    and (mine.expires_at is null or mine.expires_at > as_of)
    and (theirs.expires_at is null or theirs.expires_at > as_of)
    order by lower(mine.during), mine.appointment_id, lower(theirs.during), theirs.appointment_id
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
      when one.hold_expires_at is not null and not one.awaits_approval or one.capacity is not null then 'wrong_status'
      when one.patient_id = patient.id then 'already'
      when change.version <> one.event_count then 'stale'
      when patient.erased_at is not null or former.erased_at is not null then 'patient_erased'
      when (patient.is_deceased or not patient.is_active)
      and one.status = any (array['booked', 'arrived', 'pending'])
      and one.end_at > acting.as_of then 'patient_inactive'
      when find_conflict(one.id, patient.id, acting.as_of) is not null then 'patient_busy'
      -- Who comes along already cannot be the patient as well.
      when exists (
        select from claims
        where appointment_id = one.id
        and resource_id = resource_of_patient(patient.id)
      ) then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null, null, null
  )::decision
  from appointments one
  left join patients patient on patient.id = wanted.patient_id
  left join patients former on former.id = one.patient_id
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- Takes someone whom the account acts for out of an appointment to which they come along. The appointment stays.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function leave_appointment(of_appointment bigint, companion bigint, acting acting) returns void
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  perform require_authority(acting);
  perform require_patient(companion, acting);
  perform replace_companion(of_appointment, companion, null, null, acting);
end
$$;
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
    where (
      patient_id = any (records)
      or id = any (appointments_beside(records))
    )
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
-- Makes the next event of an appointment, linked to the one before it. `before` is the row as it was, or null when the
-- appointment begins; `after` is the row as it will be, without the count and the hash that come from this event.
create or replace function next_event(
  before appointments, after appointments, kind text, reason text, acting acting
) returns events
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  event events;
  people constant jsonb := people_in_facts(after.id);
begin
  event.appointment_id := after.id;
  event.number := coalesce(before.event_count, 0) + 1;
  event.kind := kind;
  event.at := acting.as_of;
  event.actor_kind := acting.actor_kind;
  event.account_id := acting.account_id;
  event.api_key_id := acting.api_key_id;
  event.request_id := acting.request_id;
  event.reason := reason;
  if reason is not null then
    event.reason_salt := uuid_send(gen_random_uuid());
    event.reason_hash := commitment(reason, event.reason_salt);
  end if;
  if before.id is not null then
    event.before := facts_of(before) || people;
  end if;
  event.after := facts_of(after) || people;
  event.previous_hash := before.last_event_hash;
  event.hash := event_hash(event);
  return event;
end
$$;
--> statement-breakpoint
-- Records that others take part in an appointment than those of the `former` facts. The caller has locked the appointment and
-- changed its claims.
create or replace function record_people(before appointments, former jsonb, reason text, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  event events;
begin
  event := next_event(before, before, 'appointment.people_changed', reason, acting);
  event.before := event.before - array['colleague_ids', 'companion_ids'] || former;
  event.hash := event_hash(event);
  update appointments
  set event_count = event.number, last_event_hash = event.hash
  where id = before.id;
  perform append_event(event);
end
$$;
--> statement-breakpoint
-- Puts another record in the place of a companion, with the event that records it; with none, the companion leaves. The caller
-- has judged it, and holds the lock 'merges'.
create or replace function replace_companion(
  of_appointment bigint, old_patient bigint, new_patient bigint, reason text, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before appointments;
  former constant jsonb := people_in_facts(of_appointment);
begin
  select * into before from appointments where id = of_appointment for no key update;
  if new_patient is null or exists (
    select from claims where appointment_id = of_appointment and resource_id = resource_of_patient(new_patient)
  ) then
    delete from claims where appointment_id = of_appointment and resource_id = resource_of_patient(old_patient);
  else
    update claims
    set resource_id = resource_of_patient(new_patient)
    where appointment_id = of_appointment
    and resource_id = resource_of_patient(old_patient);
  end if;
  perform record_people(before, former, reason, acting);
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
      when one.capacity = wanted.capacity then 'already'
      when change.version <> one.event_count then 'stale'
      when one.status <> all (change.from_statuses) then 'wrong_status'
      -- Those who take part arrive or miss it, each for themselves.
      when one.capacity is not null
      and change.event <> all (array['appointment.cancelled', 'appointment.resized']) then 'wrong_status'
      -- Not every hold is a request, and no request is a hold.
      when one.status = 'pending' and one.awaits_approval <> (change.event = any (array[
        'appointment.cancelled', 'appointment.confirmed', 'appointment.declined'
      ])) then 'wrong_status'
      else case change.event
        when 'appointment.cancelled' then case
          when not acting.by_desk
          and not one.awaits_approval
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
        when 'appointment.resized' then case
          when wanted.capacity < places_taken(one.id) then 'too_few_places'
        end
        when 'appointment.reopened' then case
          when not exists (
            select from events last
            where last.appointment_id = one.id
            -- Whose it is says nothing about what is being undone.
            and last.number = (
              select max(number) from events
              where appointment_id = one.id
              and kind <> all (array['appointment.reassigned', 'appointment.people_changed'])
            )
            and local_day(last.at, location.time_zone) @> acting.as_of
          ) then 'not_today'
          when one.status = 'noshow' and one.session_id is not null and wanted.place is null then 'session_full'
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
            when one.session_id is null
            and exists (select from visit_type_needs where visit_type_id = one.visit_type_id) and pick_claims(
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
      array(select claim from named_claims(wanted, wish) claim), wanted.override_reason is null, acting.as_of, wanted.id
    ) ->> 'verdict'
  end;
end;

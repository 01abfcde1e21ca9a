-- Deletes messages that were due longer ago than the clinic keeps them, the oldest first, `at_most` at a time. The caller's
-- clock may put this off, but not bring it forward. What has not been sent yet stays. The Worker's database role may not
-- delete there.
create or replace function forget_messages(as_of timestamptz, at_most integer) returns integer
language sql
security definer
set search_path to public, pg_temp
begin atomic
  with forgotten as (
    delete from messages
    where id = any (array(
      select id
      from messages
      where due_at < least(as_of, now()) - (
        select messages_kept_days * interval '1 day' from clinic_settings settings where settings.id
      )
      and state not in ('due', 'sending')
      order by due_at
      limit at_most
      for update skip locked
    ))
    returning 1
  )
  select count(*)::integer from forgotten;
end;
--> statement-breakpoint
-- The messages to the person of these records, or about their appointments; not those to the clinic's own people, which say
-- nothing about how to reach the person.
create or replace function messages_of_person(records bigint[]) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select array(
    select about.message_id
    from appointments one
    join message_appointments about on about.appointment_id = one.id
    join messages on messages.id = about.message_id
    where one.patient_id = any (records)
    and messages.location_id is null
    and messages.kind <> 'approval_requested'
    and messages.kind not like 'staff%'
    union
    select id from messages where patient_id = any (records)
    union
    select messages.id
    from account_patients own
    join messages on messages.account_id = own.account_id
    where own.patient_id = any (records)
    and own.relation = 'self'
    order by 1
  );
end;
--> statement-breakpoint
-- Takes the addresses out of the messages of a person, before their records and accounts are emptied, and forgets which of
-- their addresses came back. What waits for them is not sent.
create or replace function empty_messages(records bigint[], texts text[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  update messages
  set
    address = null,
    provider_id = null,
    state = case when state = 'due' then 'skipped' else state end,
    reason = case when state = 'due' then 'account_closed' else reason end
  where id = any (messages_of_person(records))
  and (address is not null or provider_id is not null or state = 'due');

  delete from marked_addresses where address = any (texts);
end;
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
  perform empty_messages(records, texts);
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
-- What was sent to the person of these records, or about their appointments, oldest first. An address of someone who acts for
-- them is left out.
create or replace function export_messages(records bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', message.id,
    'kind', message.kind,
    'days_before', message.days_before,
    'state', message.state,
    'reason', message.reason,
    'channel', message.channel,
    'address', case when reader.is_own then message.address end,
    'language', message.language,
    'created_at', in_utc(message.created_at),
    'due_at', in_utc(message.due_at),
    'sent_at', in_utc(message.sent_at),
    'delivered_at', in_utc(message.delivered_at),
    'appointment_ids', (
      select coalesce(jsonb_agg(about.appointment_id order by about.appointment_id), '[]')
      from message_appointments about
      join appointments one on one.id = about.appointment_id
      where about.message_id = message.id
      and one.patient_id = any (records)
    )
  ) order by message.due_at, message.id), '[]')
  from messages message
  cross join lateral (
    select message.account_id is null or exists (
      select from account_patients own
      where own.account_id = message.account_id
      and own.patient_id = any (records)
      and own.relation = 'self'
    ) as is_own
  ) reader
  where message.id = any (messages_of_person(records));
end;
--> statement-breakpoint
-- Everything that the clinic keeps about the person of this record, as one document of one instant: a statement sees one
-- snapshot. src/api/description/patient-export.ts describes it, and test/clinic/patients/export.test.ts walks all tables.
-- Later kinds of data become further keys.
create or replace function export_patient(of_patient bigint, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select jsonb_build_object(
    'format', 1,
    'made_at', in_utc(as_of),
    'patient_id', kept.id,
    'records', (
      select jsonb_agg(
        to_jsonb(patient) || jsonb_build_object('created_at', in_utc(patient.created_at), 'erased_at', in_utc(patient.erased_at), 'identifiers', (
          select coalesce(jsonb_agg(
            jsonb_build_object('issuer', identifier.issuer, 'value', identifier.value)
            order by identifier.issuer, identifier.value
          ), '[]')
          from patient_identifiers identifier
          where identifier.patient_id = patient.id
        ))
        order by patient.id <> kept.id, patient.id
      )
      from patients patient
      where patient.id = any (person.records)
    ),
    'appointments', export_appointments(person.records),
    'accounts', export_accounts(person.records),
    'message_preferences', (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'kind', kind, 'choice', case when is_wanted then 'wanted' else 'unwanted' end, 'chosen_at', in_utc(chosen_at)
        )
        order by recipient, kind
      ), '[]')
      from message_preferences
      where recipient = any (array(
        select 'patient:' || id from unnest(person.records) id
        union all
        select 'account:' || own.account_id
        from account_patients own
        where own.patient_id = any (person.records)
        and own.relation = 'self'
      ))
    ),
    'messages', export_messages(person.records)
  ) || export_history(person.records)
  from (select coalesce(moved_to_id, id) as id from patients where id = of_patient) kept
  cross join lateral (select records_of_person(kept.id) as records) person;
end;

ALTER TABLE "appointment_responses" ADD COLUMN "patient_id" bigint NOT NULL;
--> statement-breakpoint
ALTER TABLE "appointment_responses" ADD CONSTRAINT "appointment_responses_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- Whom this names now: someone whose record was merged is the record that took its place. Null when there is nobody to write
-- to any more, because the account was closed or the record erased, and for locations, which choose nothing themselves.
create or replace function follow_recipient(recipient text) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
return case split_part(recipient, ':', 1)
  when 'account' then (
    select recipient
    from accounts
    where id = split_part(recipient, ':', 2)::bigint
    and closed_at is null
  )
  when 'patient' then (
    select 'patient:' || kept.id
    from patients named
    join patients kept on kept.id = coalesce(named.moved_to_id, named.id)
    where named.id = split_part(recipient, ':', 2)::bigint
    and kept.erased_at is null
  )
end;
--> statement-breakpoint
-- For whom a recipient is written to now: an account for itself and those whom it acts for, a patient without one for
-- themselves. Nobody, when the recipient is gone; see follow_recipient.
create or replace function patients_of_recipient(recipient text, as_of timestamptz) returns table (
  patient_id bigint, is_self boolean
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with reader as materialized (select follow_recipient(recipient) as name)
  select pair.patient_id, pair.relation = 'self'
  from reader
  join account_patients pair on pair.account_id = case
    when reader.name like 'account:%' then split_part(reader.name, ':', 2)::bigint
  end
  where link_is_in_force(pair.ends_on, as_of)
  union all
  select split_part(reader.name, ':', 2)::bigint, true
  from reader
  where reader.name like 'patient:%';
end;
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
  insert into message_preferences (recipient, kind, is_wanted, chosen_at)
  select 'patient:' || into_record, kind, is_wanted, chosen_at
  from message_preferences
  where recipient = 'patient:' || of_record
  on conflict on constraint message_preferences_pkey do nothing;
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
      one.awaits_approval, case when one.status = 'cancelled' then decline_reason(one) end as decline_reason,
      case
        when one.session_id is not null or affected.has_more then things_of(coalesce(one.session_id, one.id))
        else '[]'
      end as resources,
      to_char(one.hold_expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as hold_expires_local,
      response.appointment_id is not null as is_accepted, affected.elsewhere,
      case when affected.has_more then others_of(one.id) else '[]' end as others
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    left join appointment_responses response on response.appointment_id = one.id
      and response.patient_id = one.patient_id
      and response.start_at = one.start_at
    -- Where else it changes the free time: other locations of whoever takes part. Null, when it takes something that anyone
    -- might need.
    cross join lateral (
      select case when not bool_or(claim.need_id is not null or claim.part = any (array['room', 'device'])) then coalesce(
        jsonb_agg(jsonb_build_object('doctor_id', work.doctor_id, 'location_id', work.location_id)) filter (
          where (work.doctor_id, work.location_id) <> (one.doctor_id, coalesce(one.location_id, doctor.location_id))
        ),
        '[]'
      ) end as elsewhere, bool_or(claim.part not in ('doctor', 'patient')) as has_more
      from claims claim
      left join doctors person on person.resource_id = claim.resource_id
      left join doctor_locations work on work.doctor_id = person.id
      where claim.appointment_id = one.id
    ) affected
    where one.id = of_appointment
  ) details;
end;
--> statement-breakpoint
-- Keeps which kinds of message a recipient wants, as `{"reminder": false}`; puts their language first in their own record; and,
-- of the clinic's own people, keeps what they want to be told. What is left out or null stays as it is.
--
-- Answers null when the recipient is gone, else whose record was changed, if any.
create or replace function choose_messages(
  of_recipient text, wanted jsonb, language text, staff_wants text, acting acting
) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  reader text;
  own bigint;
  is_changed boolean := false;
begin
  -- No merge and no erasure is under way now.
  perform follow_patient(null);
  reader := follow_recipient(of_recipient);
  if reader is null then
    return null;
  end if;
  insert into message_preferences (recipient, kind, is_wanted, chosen_at)
  select reader, choice.kind, choice.is_wanted::boolean, acting.as_of
  from jsonb_each_text(wanted) choice (kind, is_wanted)
  order by choice.kind
  on conflict on constraint message_preferences_pkey
  do update set is_wanted = excluded.is_wanted, chosen_at = excluded.chosen_at
  where message_preferences.is_wanted <> excluded.is_wanted;
  if staff_wants is not null then
    update accounts
    set wanted_messages = staff_wants, updated_at = acting.as_of
    where reader = 'account:' || id
    and id = acting.account_id
    and role <> 'patient'
    and wanted_messages is distinct from staff_wants;
  end if;
  if language is not null then
    select theirs.patient_id into own
    from patients_of_recipient(reader, acting.as_of) theirs
    where theirs.is_self
    limit 1;
    is_changed := put_language_first(own, language, acting);
  end if;
  return jsonb_build_object('corrected_patient_id', case when is_changed then own end);
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
    delete from message_preferences where recipient = 'account:' || account;
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
-- Empties these records of a person, and everything that was written about them. Who opened them stays, and what was done
-- when, but not with what.
create or replace function empty_records(records bigint[], acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with addresses as materialized (
    select known.written as email
    from patients
    cross join lateral (values (patients.contact_email), (patients.email)) known (written)
    where id = any (records)
    and known.written is not null
    union
    select patient_invitations.email from patient_invitations where patient_id = any (records)
  )
  delete from sign_in_codes
  where sign_in_codes.email = any (array(
    select addresses.email
    from addresses
    where not exists (select from accounts where accounts.email = addresses.email)
  ));

  update patients
  set
    version = version + 1,
    name = 'Erased patient',
    called_name = null,
    birth_date = null,
    sex = null,
    phone = null,
    contact_email = null,
    email = null,
    languages = '{}',
    preferred_channel = null,
    address = null,
    desk_note = null,
    is_deceased = false,
    is_active = false,
    erased_at = acting.as_of
  where id = any (records);

  delete from patient_search_keys where patient_id = any (records);

  delete from patient_identifiers where patient_id = any (records);

  delete from patient_invitations where patient_id = any (records);

  delete from correction_requests where patient_id = any (records);

  delete from message_preferences
  where recipient = any (array(select 'patient:' || id from unnest(records) id));

  delete from appointment_responses
  where appointment_id = any (array(select id from appointments where patient_id = any (records)));

  update patient_merges
  set filled = '[]', links = '[]'
  where from_id = any (records)
  or into_id = any (records);

  update patient_events
  set before = null, after = null, reason = null
  where patient_id = any (records)
  and (before is not null or after is not null or reason is not null);

  update appointments
  set stranger_id = null, stranger_address_hash = null, stranger_wider_hash = null
  where patient_id = any (records)
  and (stranger_id is not null or stranger_address_hash is not null or stranger_wider_hash is not null);
end;
--> statement-breakpoint
-- Every account that acts for the person of these records. Of their own it tells everything but what signs in; an account
-- of someone else is an id and how it is related.
create or replace function export_accounts(records bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'id', link.account_id, 'relation', link.relation, 'linked_at', in_utc(link.linked_at), 'ends_on', link.ends_on,
      'notice_sent_at', in_utc(link.notice_sent_at)
    )
    || case when link.relation = 'self' then jsonb_build_object(
      'email', account.email, 'email_verified', account.email_verified, 'name', account.name, 'image', account.image,
      'role', account.role, 'wanted_messages', account.wanted_messages,
      'terms_accepted_at', in_utc(account.terms_accepted_at), 'created_at', in_utc(account.created_at),
      'updated_at', in_utc(account.updated_at), 'closed_at', in_utc(account.closed_at),
      'acts_for_patient_ids', (
        select coalesce(jsonb_agg(other.patient_id order by other.patient_id), '[]')
        from account_patients other
        where other.account_id = account.id
        and other.relation <> 'self'
      ),
      'passkeys', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'name', passkey.name, 'is_backed_up', passkey.is_backed_up, 'created_at', in_utc(passkey.created_at),
          'last_used_at', in_utc(passkey.last_used_at)
        ) order by passkey.id), '[]')
        from passkeys passkey
        where passkey.account_id = account.id
      ),
      'sessions', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'created_at', in_utc(session.created_at), 'last_seen_at', in_utc(session.last_seen_at), 'expires_at', in_utc(session.expires_at),
          'device', session.device, 'place', session.place, 'signed_in_with', session.signed_in_with,
          'ip_address', session.ip_address, 'user_agent', session.user_agent
        ) order by session.id), '[]')
        from sessions session
        where session.account_id = account.id
      ),
      'email_changes', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'new_email', change.new_email, 'asked_at', in_utc(change.asked_at), 'expires_at', in_utc(change.expires_at),
          'ended_at', in_utc(change.ended_at)
        ) order by change.id), '[]')
        from email_changes change
        where change.account_id = account.id
      ),
      'api_keys', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'name', key.name, 'role', key.role, 'scopes', key.scopes, 'created_at', in_utc(key.created_at),
          'last_used_at', in_utc(key.last_used_at), 'expires_at', in_utc(key.expires_at), 'revoked_at', in_utc(key.revoked_at)
        ) order by key.id), '[]')
        from api_keys key
        where key.owner_id = account.id
      ),
      'security_events', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'at', in_utc(event.at), 'kind', event.kind, 'actor', event.actor_kind, 'place', event.place,
          'details', event.details
        ) order by event.at, event.id), '[]')
        from security_events event
        where event.account_id = account.id
      )
    ) else '{}' end
    order by link.relation <> 'self', link.account_id, link.patient_id
  ), '[]')
  from account_patients link
  join accounts account on account.id = link.account_id
  where link.patient_id = any (records);
end;
--> statement-breakpoint
-- Every appointment on these records, from first to last, with its events. An event says which facts changed to what. About
-- an appointment that they only come along to, it says nothing that was written about the patient.
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
      case when own.is_patient then one.override_reason end as override_reason, in_utc(one.hold_expires_at) as hold_expires_at,
      in_utc(response.responded_at) as responded_at, in_utc(response.start_at) as response_start_at
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join visit_types visit on visit.id = one.visit_type_id
    left join appointment_responses response on response.appointment_id = one.id
      and response.patient_id = one.patient_id
      and response.patient_id = any (records)
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
          'reason', case when described.patient_id = any (records) then event.reason end, 'changes', facts_to_tell(event.before, event.after)
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
    'messages', '[]'::jsonb
  ) || export_history(person.records)
  from (select coalesce(moved_to_id, id) as id from patients where id = of_patient) kept
  cross join lateral (select records_of_person(kept.id) as records) person;
end;
--> statement-breakpoint
-- An appointment as the link in a message shows it to the one whom the message went to, without signing in: what they were
-- told, as it is now, and which other time they were told last. Nothing that is said about the patient. Null unless the
-- recipient may still know of it: the appointment is for them or for someone whom they act for, and is no hold.
create or replace function find_linked_appointment(of_appointment bigint, recipient text, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with theirs as materialized (select * from patients_of_recipient(recipient, as_of))
  select
    appointment_details(one.id)
    || '{"reason_for_visit": null, "override_reason": null, "others": []}'
    || case when patient.is_theirs then '{}' else '{"decline_reason": null}' end::jsonb
    || jsonb_build_object(
      'own_patient_id', own.id,
      'is_companion', not patient.is_theirs,
      'languages', own.languages,
      'clinic_language', (select messages_language from clinic_settings where id),
      'has_account', recipient like 'account:%',
      'directions', location.directions,
      'bring', visit.bring,
      'preparation', visit.preparation,
      'names_visit_type', (select messages_name_visit_type from clinic_settings where id),
      'told_before', (
        select occasion_in(told.after)
        from message_appointments about
        join messages message on message.id = about.message_id
        join events told on told.appointment_id = one.id and told.number = about.to_event
        where about.appointment_id = one.id
        and message.recipient = find_linked_appointment.recipient
        and message.attempts > 0
        and (told.after ->> 'start_at')::timestamptz <> one.start_at
        order by about.to_event desc
        limit 1
      )
    )
  from appointments one
  left join events last on last.appointment_id = one.id and last.number = one.event_count
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  left join visit_types visit on visit.id = one.visit_type_id
  cross join lateral (
    select exists (select from theirs where theirs.patient_id = one.patient_id) as is_theirs
  ) patient
  left join patients own on own.id = (select theirs.patient_id from theirs where theirs.is_self limit 1)
  where one.id = of_appointment
  and (one.hold_expires_at is null or one.awaits_approval)
  and exists (select from theirs where theirs.patient_id = any (patients_in(coalesce(last.after, facts_of(one)))));
end;
--> statement-breakpoint
-- What a recipient has chosen: which kinds of message they do not want, and the languages in their own record. Null when the
-- recipient is gone; see follow_recipient.
create or replace function message_choices(recipient text, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select jsonb_build_object(
    'has_account', reader.name like 'account:%',
    'role', account.role,
    'wanted_messages', account.wanted_messages,
    'unwanted', (
      select coalesce(jsonb_agg(choice.kind order by choice.kind), '[]')
      from message_preferences choice
      where choice.recipient = reader.name
      and not choice.is_wanted
    ),
    -- Null without a record of their own.
    'languages', (
      select to_jsonb(own.languages)
      from patients_of_recipient(reader.name, as_of) theirs
      join patients own on own.id = theirs.patient_id
      where theirs.is_self
      limit 1
    ),
    'clinic_language', (select messages_language from clinic_settings where id)
  )
  from (select follow_recipient(recipient) as name) reader
  left join accounts account on account.id = case
    when reader.name like 'account:%' then split_part(reader.name, ':', 2)::bigint
  end
  where reader.name is not null;
end;
--> statement-breakpoint
-- Makes this the first language of a patient's record, before any that it has, and records that as a correction. Answers
-- whether it was another. The record of someone who was erased, or that was merged, stays as it is.
create or replace function put_language_first(patient bigint, language text, acting acting) returns boolean
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  before patients;
  after patients;
begin
  select * into before
  from patients
  where id = patient
  and erased_at is null
  and moved_to_id is null
  for no key update;
  if before.id is null or split_part(before.languages[1], '-', 1) = language then
    return false;
  end if;
  after := before;
  after.languages := (array[language] || array(
    select tag
    from unnest(before.languages) with ordinality theirs (tag, place)
    where split_part(tag, '-', 1) <> language
    order by place
  ))[:5];
  perform fill_patient(after);
  perform append_patient_event(
    patient, 'patient.corrected', jsonb_build_object('languages', before.languages),
    jsonb_build_object('languages', after.languages), null, acting
  );
  return true;
end
$$;
--> statement-breakpoint
-- Gives an appointment to another record of the same person, with the event that records it: they still come if they said
-- so. The caller has judged it, and holds the lock 'merges'.
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
  update appointment_responses
  set patient_id = new_patient
  where appointment_id = of_appointment
  and patient_id = before.patient_id;
  perform append_event(event);
end
$$;
--> statement-breakpoint
-- Records that the recipient of a message says they will come, at the start that they saw; again changes nothing. It counts as
-- long as the appointment starts then, so that nothing has to be undone when it moves.
--
-- Answers null when the recipient may not know of the appointment, else `accepted`, `already`, `moved` when it starts at another time by
-- now, `too_late` from its start on, `not_booked`, or `not_theirs` when they only come along.
--
-- Runs with the owner's rights: the Worker's database role may not write responses.
create or replace function accept_appointment(
  of_appointment bigint, recipient text, seen_start timestamptz, as_of timestamptz
) returns text
language sql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  judged as materialized (
    select
      case
        when (shown.told ->> 'is_companion')::boolean then 'not_theirs'
        when shown.told ->> 'status' <> 'booked' then 'not_booked'
        when (shown.told ->> 'start_at')::timestamptz <= as_of then 'too_late'
        when (shown.told ->> 'start_at')::timestamptz <> seen_start then 'moved'
        when exists (
          select from appointment_responses response
          where response.appointment_id = of_appointment
          and response.patient_id = (shown.told ->> 'patient_id')::bigint
          and response.start_at = seen_start
        ) then 'already'
        else 'accepted'
      end as outcome,
      (shown.told ->> 'patient_id')::bigint as patient_id
    from (select find_linked_appointment(of_appointment, recipient, as_of) as told) shown
    where shown.told is not null
  ),
  written as (
    insert into appointment_responses (appointment_id, patient_id, start_at, responded_at)
    select of_appointment, judged.patient_id, seen_start, as_of
    from judged
    where judged.outcome = 'accepted'
    on conflict (appointment_id)
    do update
    set patient_id = excluded.patient_id, start_at = excluded.start_at, responded_at = excluded.responded_at
    where (appointment_responses.patient_id, appointment_responses.start_at) <> (excluded.patient_id, excluded.start_at)
  )
  select judged.outcome from judged;
end;
--> statement-breakpoint
-- Records which language a patient speaks, if their record names none yet.
create or replace function give_language(patient bigint, language text, acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select put_language_first(kept.id, language, acting)
  from patients named
  join patients kept on kept.id = coalesce(named.moved_to_id, named.id)
  where named.id = patient
  and kept.languages = '{}'
  and language is not null;
end;

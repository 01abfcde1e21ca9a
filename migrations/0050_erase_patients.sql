-- All records of the person whose record this is: it, or the one it was merged into, and whatever was merged into that.
create or replace function records_of_person(of_patient bigint) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select array(
    select kept.id
    union all
    select merged.id from patients merged where merged.moved_to_id = kept.id
    order by 1
  )
  from (select coalesce(moved_to_id, id) as id from patients where id = of_patient) kept;
end;
--> statement-breakpoint
-- Every text that is stored about the person of these records and in the accounts with which they sign in: names, addresses,
-- numbers, notes and reasons, as they are and as they were.
create or replace function texts_about(records bigint[]) returns text[]
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  own as materialized (
    select id, email, name
    from accounts
    where id = any (array(
      select account_id from account_patients where patient_id = any (records) and relation = 'self'
    ))
  ),
  documents as (
    select to_jsonb(patient) as document from patients patient where id = any (records)
    union all
    select to_jsonb(own) from own
    union all
    select jsonb_build_array(before, after, reason) from patient_events where patient_id = any (records)
    union all
    select jsonb_build_array(changes, reason) from correction_requests where patient_id = any (records)
    union all
    select to_jsonb(email) from patient_invitations where patient_id = any (records)
    union all
    select to_jsonb(value) from patient_identifiers where patient_id = any (records)
    union all
    select jsonb_build_array(reason_for_visit, override_reason) from appointments where patient_id = any (records)
    union all
    select to_jsonb(reason)
    from events
    where appointment_id = any (array(select id from appointments where patient_id = any (records)))
  )
  select array(
    select distinct value #>> '{}'
    from documents
    cross join lateral jsonb_path_query(document, 'strict $.** ? (@.type() == "string")') value
    where length(value #>> '{}') > 2
  );
end;
--> statement-breakpoint
-- Empties the answers that were kept for retries and name the person of these records, by a number or by one of these texts.
-- Without its fingerprint, no request repeats such a key: it is refused as used. Answers are kept for a day, so the table is
-- small enough to be read. The key of the request that erases is left to it.
create or replace function empty_kept_answers(records bigint[], texts text[], acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  update idempotency_keys
  set answers = '[]', fingerprint = ''
  where answers <> '[]'
  and (account_id, key) is distinct from (acting.account_id, acting.idempotency_key)
  and (
    jsonb_path_exists(
      answers, '$.**.patient_id ? (@ == $ids[*])', jsonb_build_object('ids', to_jsonb(records))
    )
    or exists (
      select from unnest(texts) written where strpos(answers::text, to_jsonb(written)::text) > 0
    )
  );
end;
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
-- Makes sure that a person of these records has no appointment to come: releases their holds and, when `cancels` says so,
-- cancels what is booked, all or nothing. The caller has locked the records. Answers with the ids of both, or with the refusal
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
    where patient_id = any (records)
    and (status = 'booked' and end_at > acting.as_of or status = 'arrived')
    order by id
  );
  holds constant bigint[] := array(
    select id from appointments where patient_id = any (records) and status = 'pending' order by id for update
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
      foreach one in array upcoming loop
        answer := change_appointment(
          jsonb_populate_record(null::appointments, jsonb_build_object('id', one, 'status', 'cancelled')),
          jsonb_populate_record(null::change, jsonb_build_object(
            'event', 'appointment.cancelled', 'from_statuses', array['booked'], 'of_anyone', true
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
  return jsonb_build_object('cancelled', to_jsonb(upcoming), 'released', to_jsonb(holds));
end
$$;
--> statement-breakpoint
-- Takes the person of these records out of all accounts. The account with which they sign in is closed, and its security log
-- says no more where they were. Two sorts of account stay, with their address and name: one that also acts for somebody else,
-- and one of the clinic's own people. Answers with the accounts that were closed, the hashes of the sessions' tokens and the
-- ids of the keys that ended.
create or replace function erase_accounts(records bigint[], acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  closing constant bigint[] := array(
    select account.id
    from account_patients own
    join accounts account on account.id = own.account_id
    where own.patient_id = any (records)
    and own.relation = 'self'
    and account.role = 'patient'
    and not exists (
      select from account_patients other where other.account_id = account.id and other.patient_id <> all (records)
    )
    order by account.id
  );
  one bigint;
  closed jsonb;
  ended jsonb := '[]';
  revoked jsonb := '[]';
begin
  foreach one in array closing loop
    closed := close_account(one, false, acting);
    ended := ended || (closed -> 'ended');
    revoked := revoked || (closed -> 'revoked');
  end loop;
  update accounts set image = null where id = any (closing) and image is not null;
  update api_keys set name = 'Erased' where owner_id = any (closing);
  update security_events
  set network_hash = null, place = null, details = '{}'
  where id = any (array(select id from security_events where account_id = any (closing)));
  perform unlink_patient(patient_id, account_id, null, acting)
  from account_patients
  where patient_id = any (records);
  return jsonb_build_object('accounts', to_jsonb(closing), 'ended', ended, 'revoked', revoked);
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
    'released', list_appointments(array(select jsonb_array_elements_text(answer -> 'released')::bigint))
  );
end
$$;
--> statement-breakpoint
-- Reads a wish against the clinic's data: one row for each doctor who may be meant, or one row without a doctor. Nothing
-- is judged here; what is unknown or not offered is null.
create or replace function find_candidates(wanted appointments, wish wish, acting acting) returns table (
  doctor_id bigint, patient_id bigint, time_zone text,
  visit_type_id bigint, lasting interval, buffer_before_minutes smallint, buffer_after_minutes smallint, daily_cap smallint,
  start_at timestamptz, end_at timestamptz
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.id, patient.id, location.time_zone,
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
-- Whether the person has signed in, or used a passkey, in the last ten minutes: what would help a thief most asks for that.
create or replace function signed_in_lately(acting acting) returns boolean
language sql
stable
begin atomic
  select exists (
    select from sessions
    where token_hash = acting.session_hash
    and created_at > acting.as_of - interval '10 minutes'
  );
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
      when one.start_at < acting.as_of then 'in_the_past'
      when one.hold_expires_at <= acting.as_of
      and not acting.by_desk
      and not is_open_slot(one.doctor_id, one.visit_type_id, one.start_at, false, acting.as_of, one.id)
        then 'hold_expired'
      when judge_account(wanted, acting) is not null then 'too_many_appointments'
      when not is_open_time(one.doctor_id, tstzrange(one.start_at, one.end_at)) then 'outside_hours'
      when exists (
        select from appointments other
        where other.patient_id = patient.id
        and other.start_at > one.start_at - interval '8 hours'
        and other.start_at < one.end_at
        and other.patient_occupied && tstzrange(one.start_at, one.end_at)
        and other.id <> one.id
        and (other.hold_expires_at is null or other.hold_expires_at > acting.as_of)
      ) then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null
  )::decision
  from appointments one
  cross join lateral (
    select coalesce(wanted.patient_id, one.patient_id, change.default_patient_id) as patient_id
  ) named
  left join patients patient on patient.id = named.patient_id and patient.erased_at is null
  where one.id = wanted.id;
end;

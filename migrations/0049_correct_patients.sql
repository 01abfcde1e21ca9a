-- Of one state of a record, with its identifiers, the fields that differ from another.
create or replace function changed_fields(one jsonb, identifiers jsonb, other jsonb, other_identifiers jsonb) returns jsonb
language sql
immutable
parallel safe
begin atomic
  select jsonb_object_agg(field.key, field.value)
  from jsonb_each(one || jsonb_build_object('identifiers', identifiers)) field
  where field.value is distinct from (other || jsonb_build_object('identifiers', other_identifiers)) -> field.key;
end;
--> statement-breakpoint
-- Whether the birth date is the one that each NIK in the list encodes, as ddmmyy with 40 added to a woman's day. An unknown
-- birth date fits.
create or replace function fits_nik(identifiers jsonb, birth_date date) returns boolean
language sql
immutable
parallel safe
begin atomic
  select coalesce(bool_and(
    substr(one.value, 9, 4) = to_char(birth_date, 'MMYY')
    and substr(one.value, 7, 2)::integer in (
      extract(day from birth_date)::integer, extract(day from birth_date)::integer + 40
    )
  ), true)
  from jsonb_to_recordset(identifiers) one (issuer text, value text)
  where one.issuer = 'nik'
  and birth_date is not null;
end;
--> statement-breakpoint
-- The identifiers of a person, in order: those of the record and of the records that moved to it.
create or replace function identifiers_of(patient bigint) returns jsonb
language sql
stable
begin atomic
  select coalesce(
    jsonb_agg(jsonb_build_object('issuer', issuer, 'value', value) order by issuer, value), '[]'
  )
  from patient_identifiers
  where patient_id = any (array(select id from patients where id = patient or moved_to_id = patient));
end;
--> statement-breakpoint
-- Gives a person exactly these identifiers, unless someone else has one of them: then nothing changes, and it answers with
-- that record. Callers hold a lock on the patient.
create or replace function replace_identifiers(patient bigint, wanted jsonb) returns bigint
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  records constant bigint[] := array(select id from patients where id = patient or moved_to_id = patient);
  holder bigint;
begin
  for tried in 1..2 loop
    select coalesce(other.moved_to_id, other.id) into holder
    from jsonb_to_recordset(wanted) one (issuer text, value text)
    join patient_identifiers taken on taken.issuer = one.issuer and taken.value = one.value
    join patients other on other.id = taken.patient_id
    where taken.patient_id <> all (records)
    order by other.id
    limit 1;
    exit when holder is not null or tried = 2;
    begin
      delete from patient_identifiers old
      where patient_id = any (records)
      and not exists (
        select from jsonb_to_recordset(wanted) one (issuer text, value text)
        where one.issuer = old.issuer and one.value = old.value
      );
      insert into patient_identifiers (patient_id, issuer, value)
      select distinct patient, one.issuer, one.value
      from jsonb_to_recordset(wanted) one (issuer text, value text)
      where not exists (
        select from patient_identifiers known
        where known.issuer = one.issuer and known.value = one.value and known.patient_id = any (records)
      )
      order by one.issuer, one.value; -- in one order, so that nobody waits in a circle
      return null;
    exception when unique_violation then
      null; -- someone else was quicker: the second round finds them
    end;
  end loop;
  return holder;
end
$$;
--> statement-breakpoint
-- Corrects a patient's record: `wanted` has the columns to change and `identifiers`, the whole list of them. A merged record
-- stands for the one that took its place. The front desk changes everything; what patients want changed of their own name,
-- birth date or sex becomes a request (see request_correction). Corrections of one record wait for one another.
--
-- Answers with `outcome`: changed, same, unknown, patient_erased, stale, nik_disagrees, or identifier_taken with the `holder`.
create or replace function correct_patient(patient bigint, wanted jsonb, expected_version integer, acting acting)
returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  requested constant text[] := '{name,birth_date,sex}';
  before patients;
  after patients;
  identifiers_before jsonb;
  identifiers_after jsonb;
  holder bigint;
begin
  select * into before from patients where id = follow_patient(patient) for no key update;
  if before.id is null then
    return '{"outcome": "unknown"}';
  end if;
  perform require_patient(before.id, acting);
  if before.erased_at is not null then
    return '{"outcome": "patient_erased"}';
  end if;
  if before.version <> expected_version then
    return '{"outcome": "stale"}';
  end if;
  after := jsonb_populate_record(before, case when acting.by_desk then wanted else wanted - requested end);
  identifiers_before := identifiers_of(before.id);
  identifiers_after := coalesce(wanted -> 'identifiers', identifiers_before);
  if (after.birth_date, identifiers_after) is distinct from (before.birth_date, identifiers_before)
  and not fits_nik(identifiers_after, after.birth_date) then
    return '{"outcome": "nik_disagrees"}';
  end if;
  if identifiers_after <> identifiers_before then
    holder := replace_identifiers(before.id, identifiers_after);
    if holder is not null then
      return jsonb_build_object('outcome', 'identifier_taken', 'holder', holder);
    end if;
    identifiers_after := identifiers_of(before.id);
  end if;
  if not acting.by_desk then
    perform request_correction(after, wanted, requested, acting);
  end if;
  if after is not distinct from before and identifiers_after = identifiers_before then
    return '{"outcome": "same"}';
  end if;
  update patients
  set
    version = before.version + 1,
    name = after.name,
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
    is_active = after.is_active
  where id = before.id;
  perform append_patient_event(
    before.id,
    'patient.corrected',
    changed_fields(to_jsonb(before), identifiers_before, to_jsonb(after), identifiers_after),
    changed_fields(to_jsonb(after), identifiers_after, to_jsonb(before), identifiers_before),
    null,
    acting
  );
  return '{"outcome": "changed"}';
end
$$;
--> statement-breakpoint
-- Accepts or declines a patient's request for a correction. Accepting makes the correction.
--
-- Answers with `outcome`: done, unknown, already_decided, or what correct_patient says against the correction.
create or replace function decide_correction(request bigint, decision text, reason text, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  asked correction_requests;
  correction jsonb := '{}';
begin
  -- Whoever changes a request locks its patient first.
  perform from patients
  where id = follow_patient((select patient_id from correction_requests where id = request))
  for no key update;
  select * into asked from correction_requests where id = request for update;
  if asked.id is null then
    return '{"outcome": "unknown"}';
  end if;
  if asked.status <> 'open' then
    return '{"outcome": "already_decided"}';
  end if;
  if decision = 'accepted' then
    correction := correct_patient(asked.patient_id, asked.changes, null, acting);
    if correction ->> 'outcome' not in ('changed', 'same') then
      return correction;
    end if;
  end if;
  update correction_requests
  set status = decision, decided_at = acting.as_of, decided_by_id = acting.account_id, reason = decide_correction.reason
  where id = asked.id;
  if decision = 'declined' then
    perform append_patient_event(
      asked.patient_id, 'patient.correction_declined', null, asked.changes, decide_correction.reason, acting
    );
  end if;
  return '{"outcome": "done"}';
end
$$;
--> statement-breakpoint
-- Records what a patient wants corrected that only the front desk changes. Each patient has one open request: what is wanted
-- now is added to it, what the record says already is taken out, and a request for nothing is withdrawn. Callers hold a lock
-- on the patient, and give the record as it will be.
create or replace function request_correction(record patients, wanted jsonb, fields text[], acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  open_request correction_requests;
  asked jsonb;
begin
  if not wanted ?| fields then
    return;
  end if;
  select * into open_request from correction_requests where patient_id = record.id and status = 'open' for update;
  select coalesce(jsonb_object_agg(one.key, one.value), '{}') into asked
  from jsonb_each(coalesce(open_request.changes, '{}') || wanted) one
  where one.key = any (fields)
  and one.value is distinct from to_jsonb(record) -> one.key;
  if asked = coalesce(open_request.changes, '{}') then
    return;
  end if;
  if asked = '{}' then
    update correction_requests set status = 'withdrawn', decided_at = acting.as_of where id = open_request.id;
    return;
  end if;
  if open_request.id is not null then
    update correction_requests
    set changes = asked, account_id = acting.account_id, requested_at = acting.as_of
    where id = open_request.id;
  else
    insert into correction_requests (patient_id, account_id, changes, requested_at)
    values (record.id, acting.account_id, asked, acting.as_of);
  end if;
  perform append_patient_event(record.id, 'patient.correction_requested', null, asked, null, acting);
end
$$;

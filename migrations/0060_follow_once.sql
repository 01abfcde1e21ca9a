CREATE INDEX "correction_requests_open" ON "correction_requests" USING btree ("id") WHERE "correction_requests"."status" = 'open';
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
  stays bigint;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  perform pg_advisory_xact_lock(hashtext('merges'));
  -- Corrections wait, and are seen.
  stays := follow_patient(of_record);
  perform from patients where id in (of_record, stays) order by id for no key update;
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
  patient := follow_patient(patient);
  select * into before from patients where id = patient for no key update;
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
  patient bigint;
begin
  -- Whoever changes a request locks its patient first.
  patient := follow_patient((select patient_id from correction_requests where id = request));
  perform from patients where id = patient for no key update;
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

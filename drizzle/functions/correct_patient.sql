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
  perform fill_patient(after);
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

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

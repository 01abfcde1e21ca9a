-- Removes the link of an account to a patient, with the event that says who did it; answers whether there was one. The
-- patient's appointments stay. Nothing is judged here.
create or replace function unlink_patient(patient bigint, account bigint, why text, acting acting) returns boolean
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with removed as (
    delete from account_patients
    where account_id = account
    and patient_id = patient
    returning account_id, patient_id, relation
  )
  select count(*) > 0
  from (
    select append_patient_event(
      patient_id, 'patient.unlinked', jsonb_build_object('account_id', account_id, 'relation', relation), null, why, acting
    )
    from removed
    offset 0
  ) each;
end;

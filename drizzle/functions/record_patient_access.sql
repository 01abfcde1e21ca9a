-- Records that one of the clinic's own people, or a key of theirs, opened a patient's record. Patients who read about
-- themselves or their dependants leave no trace. This is the only place that writes the log, with the owner's rights: the
-- Worker's database role may only read it.
create or replace function record_patient_access(patient_id bigint, what text, acting acting) returns void
language sql
volatile
security definer
set plan_cache_mode to force_generic_plan
begin atomic
  insert into patient_accesses (patient_id, at, actor_kind, account_id, api_key_id, what, request_id)
  select
    record_patient_access.patient_id, acting.as_of, acting.actor_kind, acting.account_id, acting.api_key_id,
    record_patient_access.what, acting.request_id
  where acting.actor_kind in ('front_desk', 'doctor', 'admin');
end;

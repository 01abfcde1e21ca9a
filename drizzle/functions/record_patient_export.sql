-- Records that a person's data was exported: in their history, in the security log and, unless they did it themselves, among
-- those who opened their record.
create or replace function record_patient_export(of_patient bigint, acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select record_patient_access(of_patient, 'export', acting);
  select append_patient_event(of_patient, 'patient.exported', null, null, null, acting);
  select record_security_event('data.exported', own.account_id, jsonb_build_object('patient_id', of_patient), acting)
  from (
    select min(account_id) as account_id
    from account_patients
    where patient_id = of_patient
    and relation = 'self'
  ) own;
end;

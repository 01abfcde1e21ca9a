-- Whether a patient of the account has come to an appointment.
create or replace function has_attended(of_account bigint, as_of timestamptz) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
return exists (
  select from appointments visit
  where visit.patient_id = any (array(select patient_id from account_patients where account_id = of_account))
  and visit.start_at < as_of + interval '1 day'
  and visit.status = any (array['arrived', 'fulfilled'])
);

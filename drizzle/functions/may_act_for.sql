-- Whether the actor may act for this patient now. The clinic's own people may, as far as their rights go; a patient's
-- account needs a link that is in force. The link of a merged record is with the record that it moved to.
create or replace function may_act_for(patient bigint, acting acting) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
return acting.actor_kind is distinct from 'patient' or exists (
  select from account_patients pair
  where pair.account_id = acting.account_id
  and pair.patient_id = coalesce((select moved_to_id from patients where id = patient), patient)
  and link_is_in_force(pair.ends_on, acting.as_of)
);

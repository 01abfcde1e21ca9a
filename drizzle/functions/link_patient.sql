-- Lets an account act for a patient, again if its link has ended, with the event that says who arranged it and how. Answers
-- whether it could not before.
-- Nothing is judged here.
create or replace function link_patient(
  account_id bigint, patient_id bigint, relation text, how jsonb, acting acting
) returns boolean
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with linked as (
    insert into account_patients as pair (account_id, patient_id, relation, linked_at)
    values (link_patient.account_id, link_patient.patient_id, link_patient.relation, acting.as_of)
    on conflict on constraint account_patients_pkey do update
    set relation = excluded.relation, linked_at = excluded.linked_at
    where not link_is_in_force(pair.ends_on, acting.as_of)
    returning pair.account_id, pair.patient_id, pair.relation
  )
  select count(*) > 0
  from (
    select append_patient_event(
      linked.patient_id, 'patient.linked', null,
      jsonb_build_object('account_id', linked.account_id, 'relation', linked.relation) || how, null, acting
    )
    from linked
    offset 0
  ) each;
end;

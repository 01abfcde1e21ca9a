-- Writes what happened to a patient's record: the fields that changed, before and after. This is the only place that writes
-- these events, with the owner's rights: the Worker's database role may only read them.
create or replace function append_patient_event(
  patient_id bigint, kind text, before jsonb, after jsonb, reason text, acting acting
) returns void
language sql
volatile
security definer
set plan_cache_mode to force_generic_plan
begin atomic
  insert into patient_events (
    patient_id, kind, at, actor_kind, account_id, api_key_id, request_id, reason, before, after
  )
  values (
    append_patient_event.patient_id, append_patient_event.kind, acting.as_of, acting.actor_kind, acting.account_id,
    acting.api_key_id, acting.request_id, append_patient_event.reason, append_patient_event.before,
    append_patient_event.after
  );
end;

-- Records what a patient wants corrected that only the front desk changes. Each patient has one open request: what is wanted
-- now is added to it, what the record says already is taken out, and a request for nothing is withdrawn. Callers hold a lock
-- on the patient, and give the record as it will be.
create or replace function request_correction(record patients, wanted jsonb, fields text[], acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  open_request correction_requests;
  asked jsonb;
begin
  if not wanted ?| fields then
    return;
  end if;
  select * into open_request from correction_requests where patient_id = record.id and status = 'open' for update;
  select coalesce(jsonb_object_agg(one.key, one.value), '{}') into asked
  from jsonb_each(coalesce(open_request.changes, '{}') || wanted) one
  where one.key = any (fields)
  and one.value is distinct from to_jsonb(record) -> one.key;
  if asked = coalesce(open_request.changes, '{}') then
    return;
  end if;
  if asked = '{}' then
    update correction_requests set status = 'withdrawn', decided_at = acting.as_of where id = open_request.id;
    return;
  end if;
  if open_request.id is not null then
    update correction_requests
    set changes = asked, account_id = acting.account_id, requested_at = acting.as_of
    where id = open_request.id;
  else
    insert into correction_requests (patient_id, account_id, changes, requested_at)
    values (record.id, acting.account_id, asked, acting.as_of);
  end if;
  perform append_patient_event(record.id, 'patient.correction_requested', null, asked, null, acting);
end
$$;

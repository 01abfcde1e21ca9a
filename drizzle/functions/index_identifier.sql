-- Trigger: keeps a patient's search keys in step with their identifiers.
create or replace function index_identifier() returns trigger
language plpgsql
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
begin
  if tg_op <> 'INSERT' then
    delete from patient_search_keys
    where patient_id = old.patient_id
    and key in (select identifier_keys(old.issuer, old.value))
    -- Two identifiers may be found by the same key.
    and key not in (
      select identifier_keys(issuer, value) from patient_identifiers where patient_id = old.patient_id
    );
  end if;
  if tg_op <> 'DELETE' then
    insert into patient_search_keys (key, patient_id)
    select identifier_keys(new.issuer, new.value), new.patient_id
    on conflict do nothing;
  end if;
  return null;
end
$$;

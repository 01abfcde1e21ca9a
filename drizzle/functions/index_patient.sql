-- Trigger: replaces the search keys of a patient who was registered or changed. Keys that stay are not touched.
create or replace function index_patient() returns trigger
language plpgsql
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  keys constant text[] := array(select patient_keys(new));
begin
  if tg_op = 'UPDATE' then
    delete from patient_search_keys
    where patient_id = new.id
    and key <> all (keys);
  end if;
  insert into patient_search_keys (key, patient_id)
  select key, new.id from unnest(keys) key
  on conflict do nothing;
  return null;
end
$$;

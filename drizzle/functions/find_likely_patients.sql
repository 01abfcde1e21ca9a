-- Finds patients who may be the person about to be registered: they have the same phone number, or a similar name and the
-- same date of birth, or the same name in the account's family. `only_family` looks no further, because patients may not
-- learn who else is registered; a family shares its phone, so the number says nothing there.
create or replace function find_likely_patients(
  name text, birth_date date, phone text, account_id bigint, only_family boolean
) returns table (patient_id bigint)
language sql
stable
rows 5
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  family as materialized (
    select pair.patient_id as id
    from account_patients pair
    where pair.account_id = find_likely_patients.account_id
  ),
  candidate as materialized (
    select key.patient_id as id
    from patient_search_keys key
    where key.key = 'd:' || to_char(find_likely_patients.birth_date, 'YYYY-MM-DD')
    and not only_family
    union
    select id from family
  ),
  likely as (
    select key.patient_id as id
    from patient_search_keys key
    where key.key = 't:' || reverse(substr(find_likely_patients.phone, 2))
    and not only_family
    union
    select patient.id
    from candidate
    join patients patient on patient.id = candidate.id
    where patient.birth_date = find_likely_patients.birth_date
    and names_are_alike(patient.name, find_likely_patients.name)
    union
    select family.id
    from family
    join patient_search_keys key on key.patient_id = family.id
    where key.key in (select left(own, 200) from name_keys(find_likely_patients.name) own where own ~ '^n:')
  )
  -- What a merged record says finds the one that took its place.
  select distinct coalesce(patient.moved_to_id, patient.id) as in_force
  from likely
  join patients patient on patient.id = likely.id
  where patient.erased_at is null
  order by in_force
  limit 20;
end;

-- Makes the search keys of patients who have none, or whose keys an earlier release made (`p:`), at most so many at a time,
-- and answers how many that were. `npm run migrate` repeats it until none is left, each time in its own transaction.
create or replace function index_missing_patients(at_most integer) returns integer
language sql
volatile
begin atomic
  with
  outdated as materialized (
    select distinct patient_id as id
    from (
      select patient_id from patient_search_keys where key >= 'p:' and key < 'p;' limit at_most
    ) pair
  ),
  missing as (
    select id
    from patients patient
    where id = any (array(select id from outdated))
    or (
      not exists (select from outdated)
      and not exists (select from patient_search_keys where patient_id = patient.id)
      and erased_at is null
    )
    limit at_most
    for no key update skip locked
  ),
  touched as (
    -- The trigger looks at what is written, not at whether it differs.
    update patients set name = name where id in (select id from missing) returning 1
  )
  select count(*)::integer from touched;
end;

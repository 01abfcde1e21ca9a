-- Makes the search keys of patients who have none, at most so many at a time, and answers how many that were. Patients from
-- before the keys existed need it once; `npm run migrate` repeats it until none is left, each time in its own transaction.
create or replace function index_missing_patients(at_most integer) returns integer
language sql
volatile
begin atomic
  with
  missing as (
    select id
    from patients patient
    where not exists (select from patient_search_keys where patient_id = patient.id)
    limit at_most
    for no key update skip locked
  ),
  touched as (
    -- The trigger looks at what is written, not at whether it differs.
    update patients set name = name where id in (select id from missing) returning 1
  )
  select count(*)::integer from touched;
end;

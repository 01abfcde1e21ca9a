-- Removes the day notes that name the person of these records, by a name, a number or an address that they have or had. Before
-- their records are emptied, which hold those. What a note says without naming anyone is about no one.
create or replace function empty_day_notes(records bigint[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with
  written as (
    select known.text
    from patients patient
    cross join lateral (
      values (patient.name), (patient.called_name), (patient.phone), (patient.contact_email), (patient.email)
    ) known (text)
    where patient.id = any (records)
    union
    select event.before ->> field.name
    from patient_events event
    cross join (values ('name'), ('called_name'), ('phone'), ('contact_email')) field (name)
    where event.patient_id = any (records)
    union
    select identifier.value from patient_identifiers identifier where identifier.patient_id = any (records)
  ),
  folded as materialized (
    select fold_text(written.text) as text from written where length(written.text) > 2
  )
  delete from day_notes note
  where exists (select from folded where strpos(fold_text(note.text), folded.text) > 0);
end;

-- The identifiers of a person, in order: those of the record and of the records that moved to it.
create or replace function identifiers_of(patient bigint) returns jsonb
language sql
stable
begin atomic
  select coalesce(
    jsonb_agg(jsonb_build_object('issuer', issuer, 'value', value) order by issuer, value), '[]'
  )
  from patient_identifiers
  where patient_id = any (array(select id from patients where id = patient or moved_to_id = patient));
end;

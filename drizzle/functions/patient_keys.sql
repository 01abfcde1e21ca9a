-- Everything that a patient is found by: the keys of `name_keys`, and
--   d: the date of birth
--   y: its year with one word of the name, because many people have one of the two
--   t: the digits of the telephone number, the last one first, because people know the last ones
--   e: the email address
--   i: an identifier's letters and digits, alone and behind its issuer
-- Nobody is found by anything after an erasure.
create or replace function patient_keys(patient patients) returns setof text
language sql
stable
parallel safe
begin atomic
  select key
  from (
    select left(key, 200) from name_keys(patient.name) key
    union
    -- With what they are called, each word of the name makes a pair.
    select left(key, 200) from name_keys(patient.name || ' ' || patient.called_name) key where key ~ '^[wq]:'
    union
    select 'y:' || to_char(patient.birth_date, 'YYYY') || '|' || left(substr(key, 3), 100)
    from name_keys(patient.name) key
    where key ~ '^w:' and patient.birth_date is not null
    union
    select 'd:' || to_char(patient.birth_date, 'YYYY-MM-DD') where patient.birth_date is not null
    union
    select 't:' || reverse(substr(patient.phone, 2)) where patient.phone is not null
    union
    select 'e:' || left(email, 200)
    from unnest(array[patient.contact_email, patient.email]) email
    where email is not null
    union
    select identifier_keys(issuer, value) from patient_identifiers where patient_id = patient.id
  ) own (key)
  where patient.erased_at is null;
end;

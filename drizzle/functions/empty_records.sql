-- Empties these records of a person, and everything that was written about them. Who opened them stays, and what was done
-- when, but not with what.
create or replace function empty_records(records bigint[], acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with addresses as materialized (
    select known.written as email
    from patients
    cross join lateral (values (patients.contact_email), (patients.email)) known (written)
    where id = any (records)
    and known.written is not null
    union
    select patient_invitations.email from patient_invitations where patient_id = any (records)
  )
  delete from sign_in_codes
  where sign_in_codes.email = any (array(
    select addresses.email
    from addresses
    where not exists (select from accounts where accounts.email = addresses.email)
  ));

  update patients
  set
    version = version + 1,
    name = 'Erased patient',
    called_name = null,
    birth_date = null,
    sex = null,
    phone = null,
    contact_email = null,
    email = null,
    languages = '{}',
    preferred_channel = null,
    address = null,
    desk_note = null,
    is_deceased = false,
    is_active = false,
    erased_at = acting.as_of
  where id = any (records);

  delete from patient_search_keys where patient_id = any (records);

  delete from patient_identifiers where patient_id = any (records);

  delete from patient_flags where patient_id = any (records);

  delete from patient_invitations where patient_id = any (records);

  delete from correction_requests where patient_id = any (records);

  delete from message_preferences
  where recipient = any (array(select 'patient:' || id from unnest(records) id));

  delete from appointment_responses
  where appointment_id = any (array(select id from appointments where patient_id = any (records)));

  update patient_merges
  set filled = '[]', links = '[]'
  where from_id = any (records)
  or into_id = any (records);

  update patient_events
  set before = null, after = null, reason = null
  where patient_id = any (records)
  and (before is not null or after is not null or reason is not null);

  update appointments
  set stranger_id = null, stranger_address_hash = null, stranger_wider_hash = null
  where patient_id = any (records)
  and (stranger_id is not null or stranger_address_hash is not null or stranger_wider_hash is not null);
end;

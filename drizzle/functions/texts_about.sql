-- Every text that is stored about the person of these records and in the accounts with which they sign in: names, addresses,
-- numbers, notes and reasons, as they are and as they were.
create or replace function texts_about(records bigint[]) returns text[]
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  own as materialized (
    select id, email, name
    from accounts
    where id = any (array(
      select account_id from account_patients where patient_id = any (records) and relation = 'self'
    ))
  ),
  documents as (
    select to_jsonb(patient) as document from patients patient where id = any (records)
    union all
    select to_jsonb(own) from own
    union all
    select jsonb_build_array(before, after, reason) from patient_events where patient_id = any (records)
    union all
    select jsonb_build_array(changes, reason) from correction_requests where patient_id = any (records)
    union all
    select to_jsonb(email) from patient_invitations where patient_id = any (records)
    union all
    select to_jsonb(value) from patient_identifiers where patient_id = any (records)
    union all
    select jsonb_build_array(reason_for_visit, override_reason, note) from appointments where patient_id = any (records)
    union all
    select to_jsonb(reason)
    from events
    where appointment_id = any (array(select id from appointments where patient_id = any (records)))
  )
  select array(
    select distinct value #>> '{}'
    from documents
    cross join lateral jsonb_path_query(document, 'strict $.** ? (@.type() == "string")') value
    where length(value #>> '{}') > 2
  );
end;

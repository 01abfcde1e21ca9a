-- The messages to the person of these records, or about their appointments; not those to the clinic's own people, which say
-- nothing about how to reach the person.
create or replace function messages_of_person(records bigint[]) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select array(
    select about.message_id
    from appointments one
    join message_appointments about on about.appointment_id = one.id
    join messages on messages.id = about.message_id
    where one.patient_id = any (records)
    and messages.location_id is null
    and messages.kind <> 'approval_requested'
    and messages.kind not like 'staff%'
    union
    select id from messages where patient_id = any (records)
    union
    select messages.id
    from account_patients own
    join messages on messages.account_id = own.account_id
    where own.patient_id = any (records)
    and own.relation = 'self'
    order by 1
  );
end;

-- Gives a person exactly these identifiers, unless someone else has one of them: then nothing changes, and it answers with
-- that record. Callers hold a lock on the patient.
create or replace function replace_identifiers(patient bigint, wanted jsonb) returns bigint
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  records constant bigint[] := array(select id from patients where id = patient or moved_to_id = patient);
  holder bigint;
begin
  for tried in 1..2 loop
    select coalesce(other.moved_to_id, other.id) into holder
    from jsonb_to_recordset(wanted) one (issuer text, value text)
    join patient_identifiers taken on taken.issuer = one.issuer and taken.value = one.value
    join patients other on other.id = taken.patient_id
    where taken.patient_id <> all (records)
    order by other.id
    limit 1;
    exit when holder is not null or tried = 2;
    begin
      delete from patient_identifiers old
      where patient_id = any (records)
      and not exists (
        select from jsonb_to_recordset(wanted) one (issuer text, value text)
        where one.issuer = old.issuer and one.value = old.value
      );
      insert into patient_identifiers (patient_id, issuer, value)
      select distinct patient, one.issuer, one.value
      from jsonb_to_recordset(wanted) one (issuer text, value text)
      where not exists (
        select from patient_identifiers known
        where known.issuer = one.issuer and known.value = one.value and known.patient_id = any (records)
      )
      order by one.issuer, one.value; -- in one order, so that nobody waits in a circle
      return null;
    exception when unique_violation then
      null; -- someone else was quicker: the second round finds them
    end;
  end loop;
  return holder;
end
$$;

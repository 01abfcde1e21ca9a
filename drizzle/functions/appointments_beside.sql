-- The appointments to which these patients come along with another.
create or replace function appointments_beside(patients bigint[]) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select array(
    select claim.appointment_id
    from unnest(patients) patient (id)
    join claims claim on claim.resource_id = resource_of_patient(patient.id) and claim.part in ('colleague', 'companion')
    order by claim.appointment_id
  );
end;

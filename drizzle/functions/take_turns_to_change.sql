-- Makes changes that take time of the same doctors or patients wait for one another, always in the same order: two
-- appointments that swap times would otherwise deadlock.
create or replace function take_turns_to_change(wanted appointments, change change) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended('resource ' || resource_id, 0) as key
    from (
      select claim.resource_id
      from claims claim
      -- With a session go all who take part in it, and whoever comes with them.
      where claim.appointment_id = any (array(select id from with_participants(array[wanted.id])))
      union all
      select doctor.resource_id from doctors doctor where doctor.id = wanted.doctor_id
      union all
      select resource_of_patient(coalesce(wanted.patient_id, change.default_patient_id))
    ) busy
    where resource_id is not null
    order by key
    offset 0
  ) in_order;
end;

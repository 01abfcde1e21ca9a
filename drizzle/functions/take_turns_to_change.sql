-- Makes changes that take time of the same doctor or patient wait for one another, always in the same order: two
-- appointments that swap times would otherwise deadlock.
create or replace function take_turns_to_change(wanted appointments, change change) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended(who, 0) as key
    from appointments one
    cross join lateral (values
      ('doctor ' || one.doctor_id),
      ('doctor ' || wanted.doctor_id),
      ('patient ' || one.patient_id),
      ('patient ' || coalesce(wanted.patient_id, change.default_patient_id))
    ) busy (who)
    where one.id = wanted.id
    and who is not null
    order by key
    offset 0
  ) in_order;
end;

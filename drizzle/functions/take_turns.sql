-- Those who move appointments of the same doctor or patient into time take turns, in one order: two that change places
-- would otherwise wait for one another.
create or replace function take_turns(of_appointment bigint, to_doctor bigint, for_patient bigint) returns void
language sql volatile set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended(who, 0) as key
    from appointments one
    cross join lateral (values
      ('doctor ' || one.doctor_id), ('doctor ' || to_doctor), ('patient ' || one.patient_id), ('patient ' || for_patient)
    ) busy (who)
    where one.id = of_appointment and who is not null
    order by key
    offset 0
  ) in_order;
end;

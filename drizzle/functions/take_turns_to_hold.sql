-- Makes the holds of one patient wait for one another, or those of one network, of the wider one around it
-- and of one browser, so that the limits on open holds count every hold.
create or replace function take_turns_to_hold(wanted appointments) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select
  from patients
  where id = wanted.patient_id
  for no key update;

  select pg_advisory_xact_lock(hashtextextended(who, 0))
  from (
    select who
    from (values
      (1, 'address ' || wanted.stranger_address_hash),
      (2, 'wider network ' || wanted.stranger_wider_hash),
      (3, 'stranger ' || wanted.stranger_id)
    ) holder (place, who)
    where wanted.patient_id is null
    and who is not null
    order by place
    offset 0
  ) in_order;
end;

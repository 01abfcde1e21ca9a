-- The holds of one patient, or of one network address and then of one stranger, are made one after the other, so that
-- they can be counted.
create or replace function await_other_holds(of_patient bigint, of_address text, of_stranger text) returns void
language sql volatile set plan_cache_mode to force_generic_plan
begin atomic
  select from patients where id = of_patient for no key update;
  select pg_advisory_xact_lock(hashtextextended(who, 0))
  from (
    select who
    from (values (1, 'address ' || of_address), (2, 'stranger ' || of_stranger)) holder (place, who)
    where of_patient is null and who is not null
    order by place
    offset 0
  ) in_order;
end;

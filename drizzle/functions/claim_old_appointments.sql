-- Gives the appointments from before there were claims theirs, and their location, the newest first and `at_most` at a time.
-- Answers with how many there were. The constraints on their own rows guard them until then.
create or replace function claim_old_appointments(at_most integer) returns integer
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  going constant bigint[] := array(
    select id from appointments where location_id is null order by id desc limit at_most for no key update
  );
begin
  insert into claims
  select claim.*
  from appointments one
  cross join lateral claims_of(one) claim
  where one.id = any (going)
  on conflict (appointment_id, resource_id) do nothing;
  update appointments one
  set location_id = doctor.location_id
  from doctors doctor
  where one.id = any (going)
  and doctor.id = one.doctor_id;
  return cardinality(going);
end
$$;

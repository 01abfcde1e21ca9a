-- Replaces the claims of an appointment by these; what stays as it is, is not touched. Raises an error (23P01) when another
-- appointment has one of them at that time.
--
-- One resource after the other, in the order in which new appointments take theirs: what was given up first could be awaited
-- by someone who has what is taken next, and both would wait for ever.
create or replace function renew_claims(of_appointment bigint, wanted claims[]) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  pair record;
begin
  for pair in
    select coalesce(former.resource_id, claim.resource_id) as resource_id, former.resource_id is not null as is_former, claim
    from (select * from claims where appointment_id = of_appointment) former
    full join unnest(wanted) claim on claim.resource_id = former.resource_id
    where former is distinct from claim
    order by 1
  loop
    if pair.is_former then
      delete from claims where appointment_id = of_appointment and resource_id = pair.resource_id;
    end if;
    if (pair.claim).resource_id is not null then
      insert into claims select (pair.claim).*;
    end if;
  end loop;
end
$$;

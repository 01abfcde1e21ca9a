-- Replaces the claims of an appointment by these; what stays as it is, is not touched. Raises an error (23P01) when another
-- appointment has one of them at that time, or someone would be on the way between two locations.
--
-- One resource after the other, in the order in which new appointments take theirs: what was given up first could be awaited
-- by someone who has what is taken next, and both would wait for ever.
create or replace function renew_claims(of_appointment bigint, wanted claims[]) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  has_travel constant boolean := exists (select from travel_times);
  pair record;
begin
  if has_travel then
    perform take_turns_to_travel(array(select resource_id from unnest(wanted) where location_id is not null));
  end if;
  for pair in
    select
      coalesce(former.resource_id, claim.resource_id) as resource_id,
      former.resource_id is not null as is_former,
      -- A hold that is only extended stays on the terms on which it was made.
      former is null or (former.during, former.location_id) is distinct from (claim.during, claim.location_id)
        or claim.expires_at is null and former.expires_at is not null as is_elsewhere,
      claim
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
      if has_travel and pair.is_elsewhere and (pair.claim).location_id is not null and is_on_the_way(
        pair.resource_id, (pair.claim).location_id, (pair.claim).during, '-infinity', of_appointment
      ) then
        raise exception 'Someone would be on the way between two locations.' using errcode = '23P01';
      end if;
    end if;
  end loop;
end
$$;

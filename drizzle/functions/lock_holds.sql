-- Locks the holds that were found to be in the way, in the order of their ids, and answers with those that still have to
-- go: they have expired, or belong to the browser that is holding another slot. For several dates, find all their holds
-- first: when they are locked date by date, two requests could each wait for what the other has.
create or replace function lock_holds(holds bigint[], of_stranger text, acting acting) returns bigint[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
begin
  if holds = '{}' then
    return holds;
  end if;
  perform
  from appointments hold
  where hold.id = any (holds)
  order by hold.id
  for update;
  return array(
    select hold.id
    from appointments hold
    where hold.id = any (holds)
    and hold.status = 'pending'
    and (hold.hold_expires_at <= acting.as_of or hold.stranger_id = of_stranger)
    order by hold.id
  );
end
$$;

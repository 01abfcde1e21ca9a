-- Takes everything that a new appointment needs, or nothing. Sorted, so that two requests that need the same things cannot
-- deadlock. `on conflict do nothing` leaves out only what is refused, so the rest is given back; and so it is when someone
-- would be on the way between two locations.
create or replace function take_claims(wanted claims[]) returns boolean
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  has_travel constant boolean := exists (select from travel_times);
  taken integer;
begin
  if has_travel then
    perform take_turns_to_travel(array(select resource_id from unnest(wanted) where location_id is not null));
  end if;
  insert into claims
  select *
  from unnest(wanted)
  order by resource_id
  on conflict do nothing;
  get diagnostics taken = row_count;
  if taken = cardinality(wanted) and not (has_travel and exists (
    select from unnest(wanted) claim
    where claim.location_id is not null
    and is_on_the_way(claim.resource_id, claim.location_id, claim.during, '-infinity', claim.appointment_id)
  )) then
    return true;
  end if;
  delete from claims where appointment_id = wanted[1].appointment_id;
  return false;
end
$$;

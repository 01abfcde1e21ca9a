-- Takes everything that a new appointment needs, or nothing. Sorted, so that two requests that need the same things cannot
-- deadlock. `on conflict do nothing` leaves out only what is refused, so the rest is given back.
create or replace function take_claims(wanted claims[]) returns boolean
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  taken integer;
begin
  insert into claims
  select *
  from unnest(wanted)
  order by resource_id
  on conflict do nothing;
  get diagnostics taken = row_count;
  if taken = cardinality(wanted) then
    return true;
  end if;
  delete from claims where appointment_id = wanted[1].appointment_id;
  return false;
end
$$;

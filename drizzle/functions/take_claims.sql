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
  if cardinality(wanted) <= 2 then
    insert into claims select * from unnest(wanted) order by resource_id on conflict do nothing;
    get diagnostics taken = row_count;
    if taken < cardinality(wanted) then
      delete from claims where appointment_id = wanted[1].appointment_id;
    end if;
    return taken = cardinality(wanted);
  end if;
  -- With more, the caller may go on with others. Whoever wants a row that this transaction deleted waits for its end, and may
  -- have what is tried next: both would wait for ever. Nobody waits for what a subtransaction took back.
  begin
    insert into claims select * from unnest(wanted) order by resource_id on conflict do nothing;
    get diagnostics taken = row_count;
    if taken < cardinality(wanted) then
      raise exception 'a claim was refused' using errcode = 'CL001';
    end if;
    return true;
  exception when sqlstate 'CL001' then
    return false;
  end;
end
$$;

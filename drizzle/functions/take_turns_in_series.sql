-- Makes everything that books or changes a whole series wait for one another, and for changes that take time of the same
-- people and things (`take_turns_to_change`). A series takes claims at many times: one that goes forward and one that goes
-- back would otherwise wait for each other.
create or replace function take_turns_in_series(resource_ids bigint[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(hashtext('series'));

  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended('resource ' || id, 0) as key
    from unnest(resource_ids) id
    where id is not null
    order by key
    offset 0
  ) in_order;
end;

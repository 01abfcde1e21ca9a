-- Makes those who choose rooms, devices and colleagues at the same location for the same days wait for one another, in an order
-- that is always the same. Each then sees what the others chose, so all of 30 requests for 30 rooms get one.
create or replace function take_turns_for_needs(at_locations bigint[], during tstzrange[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(key)
  from (
    select distinct hashtextextended(format('needs %s %s', location_id, day), 0) as key
    from unnest(at_locations) location_id
    cross join unnest(during) asked
    -- Two hours on either side are the longest that a need may take.
    cross join generate_series(
      floor(extract(epoch from lower(asked) - interval '2 hours') / 86400),
      floor(extract(epoch from upper(asked) + interval '2 hours') / 86400)
    ) day
    order by key
    offset 0
  ) in_order;
end;

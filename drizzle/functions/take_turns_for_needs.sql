-- Makes those who choose rooms, devices and colleagues at the same location for the same days wait for one another. Each then
-- sees what the others chose, so all of 30 requests for 30 rooms get one. Days are taken in their order: whoever books several
-- dates calls this for all of them first.
create or replace function take_turns_for_needs(at_locations bigint[], during tstzrange[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select pg_advisory_xact_lock(hashtextextended(format('needs %s %s', location_id, day), 0))
  from (
    select distinct day, location_id
    from unnest(at_locations) location_id
    cross join unnest(during) asked
    -- Two hours on either side are the longest that a need may take.
    cross join generate_series(
      floor(extract(epoch from lower(asked) - interval '2 hours') / 86400),
      -- Eight hours are the longest that an appointment lasts; what is longer is refused later.
      floor(extract(epoch from least(upper(asked), lower(asked) + interval '8 hours') + interval '2 hours') / 86400)
    ) day
    order by day, location_id
    offset 0
  ) in_order;
end;

-- Who and what was named for an appointment and stays with it when it becomes this row: with other rooms and devices when the
-- change names them, and without those of another location.
create or replace function claims_to_keep(one appointments, change change) returns setof claims
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select claim.*
  from other_claims_of(one) claim
  where claim.need_id is null
  and (claim.part in ('colleague', 'companion') or change.resource_ids is null and exists (
    select from resources thing
    where thing.id = claim.resource_id
    and thing.location_id = one.location_id
  ))
  union all
  select
    one.id, thing.id, thing.type, null, null, 0::smallint, 0::smallint, null,
    claimed_time(one.status, one.start_at, one.end_at, 0, 0), one.hold_expires_at
  from resources thing
  where thing.id = any (change.resource_ids)
  and thing.location_id = one.location_id;
end;

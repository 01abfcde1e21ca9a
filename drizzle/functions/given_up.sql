-- When the doctors are free again whose open holds this very transaction let go, because a stranger asks for another.
create or replace function given_up(of_stranger text, as_of timestamptz) returns jsonb
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(told(hold.id) order by hold.id), '[]')
  from appointments hold
  where hold.stranger_id = of_stranger and hold.status = 'cancelled' and hold.hold_expires_at > as_of
  and hold.xmin = pg_current_xact_id_if_assigned()::xid;
end;

-- The open holds of a browser that this transaction has released, because the browser asked for another slot.
create or replace function list_replaced_holds(of_browser text, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(appointment_details(hold.id) order by hold.id), '[]')
  from appointments hold
  where hold.stranger_id = of_browser
  and hold.status = 'cancelled'
  and hold.hold_expires_at > as_of
  and hold.xmin = pg_current_xact_id_if_assigned()::xid;
end;

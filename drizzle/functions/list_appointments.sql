-- Several appointments as verbs answer with them.
create or replace function list_appointments(ids bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(appointment_details(one.id) order by one.id), '[]')
  from unnest(ids) one (id);
end;

-- What an account of the clinic's own people may do, for its history; null when there is no such account.
create or replace function settings_of_account(of_account bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select jsonb_build_object(
    'role', role,
    'doctor_id', doctor_id,
    'location_ids', to_jsonb(locations_of_account(id)),
    'is_closed', closed_at is not null
  )
  from accounts
  where id = of_account
);

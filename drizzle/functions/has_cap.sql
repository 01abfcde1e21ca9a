-- Whether a daily cap may apply to what is wanted.
create or replace function has_cap(wanted appointments) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
return exists (
  select from visit_types where daily_cap is not null and (id = wanted.visit_type_id or wanted.visit_type_id is null)
);

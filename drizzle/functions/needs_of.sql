-- What a visit type needs, as the API writes it.
create or replace function needs_of(of_visit_type bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select coalesce(jsonb_agg(
    case type
      when 'role' then jsonb_build_object('type', type, 'role', role, 'specialty', specialty)
      else jsonb_build_object('type', type, 'kinds', kinds)
    end || jsonb_build_object('before_minutes', before_minutes, 'after_minutes', after_minutes)
    order by id
  ), '[]')
  from visit_type_needs
  where visit_type_id = of_visit_type
);

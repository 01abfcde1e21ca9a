-- The appointments of a visit type that are still to end and still stand. Used when it is withdrawn.
create or replace function appointments_of_visit_type(of_visit_type bigint, as_of timestamptz) returns setof appointments
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.*
  from appointments one
  where one.start_at > as_of - interval '8 hours'
  and one.end_at > as_of
  and one.visit_type_id = of_visit_type
  and still_stands(one, as_of);
end;

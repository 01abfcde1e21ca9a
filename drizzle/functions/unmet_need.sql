-- The first need of an appointment that cannot be met at its time, as `judge_attendance` says who is not free; null when all
-- can be met.
create or replace function unmet_need(wanted appointments, named claims[], as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select jsonb_build_object(
    'verdict', 'resource_taken',
    'need', jsonb_build_object('type', type, 'role', role, 'specialty', specialty, 'kinds', kinds)
  )
  from visit_type_needs
  where visit_type_id = wanted.visit_type_id
  and pick_claims(wanted, named, false, as_of) is null
  and id <> all (array(
    select need_id
    from unnest(pick_claims(wanted, named, true, as_of))
    where need_id is not null
  ))
  order by id
  limit 1;
end;

-- A series without its appointments, as verbs answer with it; null when there is none.
create or replace function series_details(of_series bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select jsonb_build_object(
    'id', one.id,
    'patient_id', coalesce(patient.moved_to_id, one.patient_id),
    'rule', one.rule,
    'created_at', one.created_at
  )
  from series one
  join patients patient on patient.id = one.patient_id
  where one.id = of_series;
end;

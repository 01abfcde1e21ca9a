-- Inserts a series, without its appointments. The rule is kept as it was asked for. One of an unknown visit type, which the
-- dates will be refused for, is of none.
create or replace function insert_series(wanted appointments, request series_request, acting acting) returns bigint
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into series (patient_id, doctor_id, visit_type_id, rule, created_at, created_by_id)
  values (
    wanted.patient_id, wanted.doctor_id, (select visit.id from visit_types visit where visit.id = wanted.visit_type_id),
    jsonb_strip_nulls(jsonb_build_object(
      'every', request.every, 'unit', request.unit, 'weekdays', request.weekdays, 'count', request.count,
      'until', to_char(request.until, 'YYYY-MM-DD')
    )),
    acting.as_of, acting.account_id
  )
  returning id;
end;

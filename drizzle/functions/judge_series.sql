-- Why none of a series can be booked, whatever is free; null when each of its dates can be tried.
create or replace function judge_series(wanted appointments, request series_request) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when not exists (select from doctors where id = wanted.doctor_id) then 'no_doctor'
    when not exists (select from patients where id = wanted.patient_id and erased_at is null) then 'no_patient'
    when planned.many > 52 then 'too_many_dates'
    when not planned.dates @> coalesce(request.skip, '{}') then 'skips_another_date'
    when not planned.dates @> array(
      select written::date from jsonb_object_keys(coalesce(request.changes, '{}')) written
    ) then 'changes_another_date'
    when planned.dates <@ coalesce(request.skip, '{}') then 'no_dates'
  end
  from (
    select count(*) as many, coalesce(array_agg(date), '{}') as dates
    from starts_of_series(wanted, (
      request.starts, request.minutes, request.every, request.unit, request.weekdays, request.count, request.until,
      null, null, null
    )::series_request)
  ) planned;
end;

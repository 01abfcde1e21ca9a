-- Everything that the appointments of a series take, and the doctor they are to move to.
create or replace function taken_by_series(of_series bigint, to_doctor bigint) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
return array(
  select claim.resource_id
  from appointments one
  join claims claim on claim.appointment_id = one.id
  where one.series_id = of_series
  union
  select resource_id from doctors where id = to_doctor
);

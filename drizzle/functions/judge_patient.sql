-- Why nothing can be booked for a patient; null when it can. A visit by phone that is booked online needs a number to call.
create or replace function judge_patient(patient bigint, visit_type bigint, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when one.is_deceased or not one.is_active then 'patient_inactive'
    when one.phone is null
    and not acting.by_desk
    and exists (select from visit_types where id = visit_type and mode = 'phone') then 'phone_needed'
  end
  from patients one
  where one.id = patient;
end;

-- Whether the actor may see a doctor's day: the front desk everyone's, doctors their own and, where the clinic allows it,
-- one another's. What they may change is another question, which each verb asks.
create or replace function may_see_day_of(of_doctor bigint, acting acting) returns boolean
language sql
stable
return case acting.actor_kind
  when 'admin' then true
  when 'front_desk' then true
  when 'doctor' then coalesce(
    of_doctor = acting.doctor_id or (select doctors_see_one_another from clinic_settings where id), false
  )
  else false
end;

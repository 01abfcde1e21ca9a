-- Volatile on purpose, as is_patient_free is: of all doctors who would do, a stranger holds a slot of one.
create or replace function holds_nothing(of_stranger text) returns boolean
language sql volatile
begin atomic
  select not exists (select from appointments where stranger_id = of_stranger and status = 'pending');
end;

-- What a claim calls a patient: the negative of their id, because doctors, rooms and devices have the positive ids.
create or replace function resource_of_patient(patient_id bigint) returns bigint
language sql
immutable
parallel safe
return -patient_id;

-- Volatile on purpose: asked again for each row that one statement inserts, it sees the rows inserted before. So
-- "any doctor" takes the first who is free, the next one when a race is lost, and no second.
create or replace function is_patient_free(of_patient bigint, during tstzrange) returns boolean
language sql volatile
begin atomic
  select not exists (
    select from appointments where patient_id = of_patient and patient_occupied && during
  );
end;

-- What became of a wish: the id of the appointment that began, or the verdict against it. With neither, a constraint
-- refused it, and `patient_was_busy` says whether it was the patient's.
create type beginning as (
  id bigint,
  verdict text,
  patient_was_busy boolean
);

-- Checks that the account still acts for the patient, if a patient's account asks and names one. What the Worker remembers
-- about its links may be a minute old, so every write for a patient begins with this, in its own transaction.
--
-- Fails with AL404, as if there were no such patient.
create or replace function require_patient(patient bigint, acting acting) returns void
language plpgsql
stable
as $$
begin
  if patient is not null and not may_act_for(patient, acting) then
    raise exception 'The account does not act for this patient.' using errcode = 'AL404';
  end if;
end
$$;

-- Trigger: a corrected birth date moves the ends of the patient's links. Writing them is enough; `set_link_end` does it.
create or replace function move_link_ends() returns trigger
language plpgsql
set plan_cache_mode to force_generic_plan
as $$
begin
  update account_patients set patient_id = new.id where patient_id = new.id;
  return null;
end
$$;

-- Puts another record in the place of a companion, with the event that records it; with none, the companion leaves. The caller
-- has judged it, and holds the lock 'merges'.
create or replace function replace_companion(
  of_appointment bigint, old_patient bigint, new_patient bigint, reason text, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before appointments;
  former constant jsonb := people_in_facts(of_appointment);
begin
  select * into before from appointments where id = of_appointment for no key update;
  if new_patient is null or exists (
    select from claims where appointment_id = of_appointment and resource_id = resource_of_patient(new_patient)
  ) then
    delete from claims where appointment_id = of_appointment and resource_id = resource_of_patient(old_patient);
  else
    update claims
    set resource_id = resource_of_patient(new_patient)
    where appointment_id = of_appointment
    and resource_id = resource_of_patient(old_patient);
  end if;
  perform record_people(before, former, reason, acting);
end
$$;

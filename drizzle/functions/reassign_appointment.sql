-- Gives an appointment to another record of the same person, with the event that records it: they still come if they said
-- so. The caller has judged it, and holds the lock 'merges'.
create or replace function reassign_appointment(of_appointment bigint, new_patient bigint, reason text, acting acting)
returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before appointments;
  after appointments;
  event events;
begin
  select * into before from appointments where id = of_appointment for no key update;
  after := before;
  after.patient_id := new_patient;
  event := next_event(before, after, 'appointment.reassigned', reason, acting);
  update appointments
  set patient_id = new_patient, event_count = event.number, last_event_hash = event.hash
  where id = of_appointment;
  update appointment_responses
  set patient_id = new_patient
  where appointment_id = of_appointment
  and patient_id = before.patient_id;
  perform append_event(event);
end
$$;

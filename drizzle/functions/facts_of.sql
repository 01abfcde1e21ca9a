-- What an event records about an appointment's row, with where it takes place. Events from before that was stored lack the
-- place, and hash as they did.
create or replace function facts_of(one appointments) returns jsonb
language sql
stable
return appointment_facts(
  one.status, one.doctor_id, one.patient_id, one.visit_type_id, one.start_at, one.end_at, one.hold_expires_at
) || session_facts(one) || case when one.location_id is not null then jsonb_build_object('location_id', one.location_id) else '{}' end;

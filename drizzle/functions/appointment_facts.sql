-- What an event records about an appointment before and after a change. For a hold that includes when it expires.
create or replace function appointment_facts(
  status text, doctor_id bigint, patient_id bigint, visit_type_id bigint, start_at timestamptz, end_at timestamptz,
  hold_expires_at timestamptz default null
) returns jsonb
language sql
stable
return jsonb_build_object(
  'status', status,
  'doctor_id', doctor_id,
  'patient_id', patient_id,
  'visit_type_id', visit_type_id,
  'start_at', to_char(start_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'end_at', to_char(end_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
) || case when status = 'pending' then jsonb_build_object(
  'hold_expires_at', to_char(hold_expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
) else '{}' end;

-- What a verb says of an appointment: why not, or what the appointment is to be.
create type judgement as (
  verdict text,
  status text, doctor_id bigint, patient_id bigint, start_at timestamptz, end_at timestamptz,
  buffer_before_minutes smallint, buffer_after_minutes smallint,
  override_reason text, reason_for_visit text, hold_expires_at timestamptz,
  -- Where it is free that day, when something stands in the way.
  next_start_at timestamptz
);

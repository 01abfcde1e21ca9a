-- The appointment that is wanted, as it would be with this doctor at this time.
create or replace function wanted_at(
  wanted appointments, doctor_id bigint, location_id bigint, start_at timestamptz, end_at timestamptz,
  buffer_before_minutes smallint, buffer_after_minutes smallint
) returns appointments
language sql
stable
return jsonb_populate_record(wanted, jsonb_build_object(
  'doctor_id', doctor_id,
  'location_id', location_id,
  'start_at', start_at,
  'end_at', end_at,
  'buffer_before_minutes', coalesce(buffer_before_minutes, 0),
  'buffer_after_minutes', coalesce(buffer_after_minutes, 0)
));

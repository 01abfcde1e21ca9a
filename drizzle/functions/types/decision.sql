-- What a judge_… function decides about a change: a verdict that refuses it, or null and the columns that it sets. A
-- column that is null stays as it is.
create type decision as (
  verdict text,
  doctor_id bigint,
  patient_id bigint,
  start_at timestamptz,
  end_at timestamptz,
  buffer_before_minutes smallint,
  buffer_after_minutes smallint,
  hold_expires_at timestamptz,
  -- When the time is not possible: the next one on that day that is.
  next_start_at timestamptz,
  -- A move decides this, null or not.
  visit_type_id bigint,
  location_id bigint
);

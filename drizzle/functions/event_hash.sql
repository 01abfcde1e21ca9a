-- SHA-256 over all that an event says and the hash of the one before it: who changes, adds or takes away one breaks
-- the chain of its appointment.
create or replace function event_hash(
  previous_hash bytea, appointment_id bigint, number integer, kind text, at timestamptz, actor_kind text,
  account_id bigint, api_key_id bigint, request_id text, reason text, before jsonb, after jsonb
) returns bytea
language sql stable
return sha256(convert_to(
  jsonb_build_array(
    encode(previous_hash, 'hex'), appointment_id, number, kind,
    to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    actor_kind, account_id, api_key_id, request_id, reason, before, after
  )::text,
  'UTF8'
));

-- SHA-256 over everything that an event says and the hash of the event before it. Changing, adding or removing an event
-- breaks the chain of its appointment. A reason counts by its commitment, so that it can be erased; only events from before
-- there were commitments count it as it was written.
create or replace function event_hash(event events) returns bytea
language sql
stable
return sha256(convert_to(
  jsonb_build_array(
    encode(event.previous_hash, 'hex'), event.appointment_id, event.number, event.kind,
    to_char(event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    event.actor_kind, event.account_id, event.api_key_id, event.request_id,
    case
      when event.reason_hash is null then to_jsonb(event.reason)
      -- an object, which no written reason looks like
      else jsonb_build_object('commitment', encode(event.reason_hash, 'hex'))
    end,
    event.before, event.after
  )::text,
  'UTF8'
));

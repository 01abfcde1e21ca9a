-- Who is acting, when, and through which request.
create type acting as (
  -- The instant at which the request is judged; no rule reads a clock of its own.
  as_of timestamptz,
  actor_kind text,
  account_id bigint,
  api_key_id bigint,
  request_id text,
  -- The rules for online booking do not bind the front desk.
  by_desk boolean,
  -- Null when the request brings no idempotency key. The fingerprint is the SHA-256 of the request, in hexadecimal.
  idempotency_key text,
  fingerprint text,
  -- SHA-256 of the token, in hexadecimal, when a person acts in a browser.
  session_hash text,
  -- Where the request came from: a keyed hash of its network, and the place that Cloudflare names.
  network_hash text,
  place text,
  -- Whose account it is, when it is a doctor's.
  doctor_id bigint,
  -- Null from the previous release, which does not send all that require_authority checks.
  can_be_checked boolean,
  -- The locations that a front desk account is bound to, in order; null when it is bound to none.
  location_ids bigint[]
);

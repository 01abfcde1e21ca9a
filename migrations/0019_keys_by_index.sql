-- A plan that is kept is as old as its session. One that was made while there were no idempotency keys read the whole table,
-- and went on doing so while there were thousands: a booking took three times as long. What these functions look for is always
-- to be found by an index; what they call is planned under the same setting.
alter function claim_key(bigint, text, text, timestamptz) set enable_seqscan to off;
--> statement-breakpoint
alter function begin_appointment(
  text, text, bigint, bigint, text, bigint, bigint, text, text, boolean, text, text, timestamptz, text, text, integer,
  timestamptz, text, bigint, bigint, text, text, text
) set enable_seqscan to off;

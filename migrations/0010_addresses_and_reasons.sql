-- Where patients go, and whom they call.
alter table locations
  add column address text,
  add column phone text,
  add constraint locations_address_is_sane check (address ~ '\S' and length(address) <= 200),
  add constraint locations_phone_is_sane check (phone ~ '\S' and length(phone) <= 40);
--> statement-breakpoint
alter table appointments
  add column stranger_address_hash text,
  add column reason_for_visit text,
  add constraint appointments_reason_for_visit_is_sane check (
    reason_for_visit ~ '\S' and length(reason_for_visit) <= 500
  );
--> statement-breakpoint
-- A browser comes back to what it holds, and has one hold at a time.
create index appointments_by_stranger on appointments (stranger_id) where stranger_id is not null;
--> statement-breakpoint
-- The open holds of one network address are counted before there is another.
create index appointments_by_stranger_address
  on appointments (stranger_address_hash, hold_expires_at)
  where status = 'pending' and stranger_address_hash is not null;

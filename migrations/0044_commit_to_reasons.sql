CREATE TABLE "replaced_heads" (
	"appointment_id" bigint NOT NULL,
	"event_count" integer NOT NULL,
	"last_event_hash" "bytea" NOT NULL,
	"replaced_by" "bytea" NOT NULL,
	"replaced_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "reason_salt" "bytea";
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "reason_hash" "bytea";
--> statement-breakpoint
CREATE INDEX "replaced_heads_by_appointment" ON "replaced_heads" USING btree ("appointment_id");
--> statement-breakpoint
-- Writes an event that `next_event` made, and moves the anchor of its chain. This is the only place that writes events:
-- whatever must commit with each change, such as a row for the outbox, is written here too.
--
-- The anchor moves only from the event before. Once a chain has been changed by hand, it stays where it was, so that
-- later events do not hide the change.
create or replace function append_event(event events) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into events overriding user value
  select event.*;

  insert into event_heads (appointment_id, event_count, last_event_hash)
  values (event.appointment_id, event.number, event.hash)
  on conflict (appointment_id)
  do update set event_count = excluded.event_count, last_event_hash = excluded.last_event_hash, written_at = now()
  where event_heads.event_count = event.number - 1
  and event_heads.last_event_hash = event.previous_hash;
end;
--> statement-breakpoint
-- Gives the reasons of an appointment's old events a commitment, so that they can be emptied, and hashes its chain anew. The
-- caller has locked the appointment. The anchor that this replaces is kept in `replaced_heads`. A chain that was broken
-- stays as it is, so that this hides nothing.
create or replace function commit_old_reasons(of_appointment bigint) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  head event_heads;
  event events;
  previous bytea;
begin
  if not exists (
    select from events where appointment_id = of_appointment and reason is not null and reason_hash is null
  ) then
    return;
  end if;
  select * into head from event_heads where appointment_id = of_appointment for update;
  for event in select * from events where appointment_id = of_appointment order by number loop
    if event.hash <> event_hash(event) or event.previous_hash is distinct from previous then
      return;
    end if;
    previous := event.hash;
  end loop;
  if head.last_event_hash is distinct from previous then
    return;
  end if;
  previous := null;
  for event in select * from events where appointment_id = of_appointment order by number loop
    if event.reason_hash is null and event.reason is not null then
      event.reason_salt := uuid_send(gen_random_uuid());
      event.reason_hash := commitment(event.reason, event.reason_salt);
    end if;
    event.previous_hash := previous;
    event.hash := event_hash(event);
    update events
    set
      reason_salt = event.reason_salt,
      reason_hash = event.reason_hash,
      previous_hash = event.previous_hash,
      hash = event.hash
    where id = event.id;
    previous := event.hash;
  end loop;
  update appointments set last_event_hash = previous where id = of_appointment;
  update event_heads set last_event_hash = previous where appointment_id = of_appointment;
  insert into replaced_heads (appointment_id, event_count, last_event_hash, replaced_by)
  values (of_appointment, head.event_count, head.last_event_hash, previous);
end
$$;
--> statement-breakpoint
-- What an event's hash covers in place of its reason. Without the salt it confirms no guess.
create or replace function commitment(reason text, salt bytea) returns bytea
language sql
immutable
parallel safe
return sha256(salt || convert_to(reason, 'UTF8'));
--> statement-breakpoint
-- Empties everything that people wrote about these appointments: why they came, why the front desk made an exception, and
-- the reasons of their events. Times, statuses and the chains of events stay, and still verify. Not for the Worker's database
-- role, which may not write these tables: only functions that erase or forget call it.
create or replace function empty_reasons(of_appointments bigint[]) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  one bigint;
begin
  for one in select id from appointments where id = any (of_appointments) order by id for no key update loop
    perform commit_old_reasons(one);
  end loop;
  update events
  set reason = null, reason_salt = null
  where appointment_id = any (of_appointments)
  and reason is not null;
  update appointments
  set reason_for_visit = null, override_reason = null
  where id = any (of_appointments)
  and (reason_for_visit is not null or override_reason is not null);
end
$$;
--> statement-breakpoint
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
--> statement-breakpoint
-- Makes the next event of an appointment, linked to the one before it. `before` is the row as it was, or null when the
-- appointment begins; `after` is the row as it will be, without the count and the hash that come from this event.
create or replace function next_event(
  before appointments, after appointments, kind text, reason text, acting acting
) returns events
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  event events;
begin
  event.appointment_id := after.id;
  event.number := coalesce(before.event_count, 0) + 1;
  event.kind := kind;
  event.at := acting.as_of;
  event.actor_kind := acting.actor_kind;
  event.account_id := acting.account_id;
  event.api_key_id := acting.api_key_id;
  event.request_id := acting.request_id;
  event.reason := reason;
  if reason is not null then
    event.reason_salt := uuid_send(gen_random_uuid());
    event.reason_hash := commitment(reason, event.reason_salt);
  end if;
  if before.id is not null then
    event.before := appointment_facts(
      before.status, before.doctor_id, before.patient_id, before.visit_type_id, before.start_at, before.end_at,
      before.hold_expires_at
    );
  end if;
  event.after := appointment_facts(
    after.status, after.doctor_id, after.patient_id, after.visit_type_id, after.start_at, after.end_at,
    after.hold_expires_at
  );
  event.previous_hash := before.last_event_hash;
  event.hash := event_hash(event);
  return event;
end
$$;

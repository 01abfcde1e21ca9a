CREATE TABLE "event_heads" (
	"appointment_id" bigint PRIMARY KEY NOT NULL,
	"event_count" integer NOT NULL,
	"last_event_hash" "bytea" NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tombstones" (
	"appointment_id" bigint PRIMARY KEY NOT NULL,
	"event_count" integer NOT NULL,
	"last_event_hash" "bytea" NOT NULL,
	"removed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"why" text NOT NULL
);
--> statement-breakpoint
-- Writes an event that `next_event` made, and moves the anchor of its chain. This is the only place that writes events:
-- whatever must commit with each change, such as a row for the outbox, is written here too.
--
-- The anchor moves only from the event before. Once somebody has changed a chain by hand, it stays where it was, so that
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
-- Whether an appointment has only ever been a hold, and its last event was written before this instant by PostgreSQL's
-- clock. Looks only at what no caller can set: not at the appointment, and not at the times that events carry.
create or replace function may_forget_hold(hold bigint, written_before timestamptz) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
return exists (
  select from event_heads
  where appointment_id = hold
  and written_at < written_before
) and not exists (
  select from events
  where appointment_id = hold
  and (
    kind not in ('appointment.held', 'appointment.extended', 'appointment.released')
    or after ->> 'status' not in ('pending', 'cancelled')
  )
);
--> statement-breakpoint
-- Holds or books an appointment, or takes a walk-in. No rule is written here, only the order of the steps; each has a
-- snapshot that shows what the steps before it waited for.
--
-- Answers with four lists: the appointment that began or the verdict against it; what is in the way and the next free
-- time; the open hold that the caller already has of this slot; the holds that this transaction released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function begin_appointment(wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_hold constant boolean := wanted.status = 'pending';
  begun beginning := row(null, null, null);
  next_free jsonb := '[]';
  own_hold bigint;
  released bigint[];
  hold bigint;
  answers jsonb;
begin
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  if is_hold then
    perform take_turns_to_hold(wanted);
  end if;
  released := lock_to_begin(wanted, wish, acting);
  foreach hold in array released loop
    perform release_hold(hold, acting);
  end loop;
  if is_hold then
    own_hold := find_own_hold(wanted, wish, acting);
  end if;
  if own_hold is null then
    begun := insert_appointment(wanted, wish, acting);
  end if;
  if own_hold is null and begun.id is null then
    select coalesce(jsonb_agg(to_jsonb(free)), '[]') into next_free from find_next_free(wanted, wish, acting) free;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(to_jsonb(begun) || coalesce(appointment_details(begun.id), '{}')),
    next_free,
    case when own_hold is null then '[]' else jsonb_build_array(appointment_details(own_hold)) end,
    case when released = '{}' then '[]' else list_appointments(released) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Changes an appointment or a hold in any way that `transitions.ts` lists. No rule is written here, only the order of the
-- steps; each has a snapshot that shows what the steps before it waited for. One step judges and changes nothing, another
-- changes and judges nothing.
--
-- Answers with two lists: the appointment, or nothing when there is none or it is none of the actor's business; the holds
-- that this transaction released to make room.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_appointment(wanted appointments, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_booking constant boolean := change.event = 'appointment.booked';
  is_move constant boolean := change.event = 'appointment.rescheduled';
  before appointments;
  decided decision;
  former jsonb;
  details jsonb;
  released bigint[] := '{}';
  hold bigint;
  answer jsonb := '[]';
  answers jsonb;
begin
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  -- These take time that the appointment has not had.
  if is_booking or is_move or 'noshow' = any (change.from_statuses) then
    perform take_turns_to_change(wanted, change);
    released := lock_to_change(wanted, change, acting);
    foreach hold in array released loop
      perform release_hold(hold, acting);
    end loop;
  end if;
  select * into before
  from appointments one
  where one.id = wanted.id
  and (
    change.of_anyone
    or one.patient_id = any (change.of_patients)
    or one.doctor_id = change.of_doctor
    or one.stranger_id = change.of_browser
  )
  for no key update;
  if found then
    decided := case
      when is_booking then judge_hold_booking(wanted, change, acting)
      when is_move then judge_move(wanted, change, acting)
      else judge_change(wanted, change, acting)
    end;
    -- Only a move changes where and when it is.
    if is_move then
      former := appointment_details(wanted.id);
    end if;
    if decided.verdict is null then
      perform apply_decision(before, wanted, change, decided, acting);
    end if;
    details := appointment_details(wanted.id);
    former := coalesce(former, details);
    answer := jsonb_build_array(
      details || jsonb_build_object(
        'verdict', decided.verdict,
        'next_start_at', decided.next_start_at,
        'former', jsonb_build_object(
          'doctor_id', former -> 'doctor_id', 'location_id', former -> 'location_id',
          'start_local', former -> 'start_local', 'end_local', former -> 'end_local',
          'hold_expires_at', before.hold_expires_at
        )
      )
    );
  end if;
  answers := jsonb_build_array(answer, case when released = '{}' then '[]' else list_appointments(released) end);
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
-- Deletes holds that were never booked, with their events, 30 days after they expired: the oldest first, `at_most` at a
-- time. Each leaves a tombstone. The caller's clock may put this off, but not bring it forward. The Worker's database role
-- may not delete appointments or events; this function is the only way in which any are removed.
create or replace function forget_holds(as_of timestamptz, at_most integer) returns integer
language sql
security definer
begin atomic
  with
  past as materialized (select least(as_of, now()) - interval '30 days' as instant),
  due as (
    (
      select id, hold_expires_at from appointments
      where status = 'cancelled' and hold_expires_at < (select instant from past)
      and may_forget_hold(id, (select instant from past))
      order by hold_expires_at limit at_most
    )
    union all
    (
      select id, hold_expires_at from appointments
      where status = 'pending' and hold_expires_at < (select instant from past)
      and may_forget_hold(id, (select instant from past))
      order by hold_expires_at limit at_most
    )
  ),
  going as (
    select id
    from appointments
    where id = any (array(select id from due order by hold_expires_at limit at_most))
    -- checked again now that it is locked: it may have been booked
    and hold_expires_at < (select instant from past)
    for update skip locked
  ),
  forgotten_events as (delete from events where appointment_id = any (array(select id from going))),
  forgotten_heads as (
    delete from event_heads where appointment_id = any (array(select id from going))
    returning appointment_id, event_count, last_event_hash
  ),
  buried as (
    insert into tombstones (appointment_id, event_count, last_event_hash, why)
    select appointment_id, event_count, last_event_hash, 'hold_never_booked' from forgotten_heads
  ),
  forgotten as (delete from appointments where id = any (array(select id from going)) returning 1)
  select count(*)::integer from forgotten;
end;
--> statement-breakpoint
-- Appends to the security log. `about` is the account that it concerns; null when nobody has that mailbox yet. This is
-- the only place that writes it, with the owner's rights: the Worker's database role may only read it.
create or replace function record_security_event(kind text, about bigint, details jsonb, acting acting) returns void
language sql
volatile
security definer
set plan_cache_mode to force_generic_plan
begin atomic
  insert into security_events (
    at, kind, account_id, actor_kind, by_account_id, by_api_key_id, request_id, network_hash, place, details
  )
  values (
    acting.as_of, kind, about, acting.actor_kind, acting.account_id, acting.api_key_id, acting.request_id,
    acting.network_hash, acting.place, coalesce(details, '{}')
  );
end;

--> statement-breakpoint
-- The chains that exist are anchored as they are. The clock of their holds starts now.
insert into event_heads (appointment_id, event_count, last_event_hash)
select id, event_count, last_event_hash from appointments where last_event_hash is not null;

CREATE TABLE "appointment_responses" (
	"appointment_id" bigint PRIMARY KEY NOT NULL,
	"start_at" timestamp with time zone NOT NULL,
	"responded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "marked_addresses" (
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"reason" text NOT NULL,
	"marked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "marked_addresses_pkey" PRIMARY KEY("channel","address"),
	CONSTRAINT "marked_addresses_channel_is_known" CHECK ("marked_addresses"."channel" in ('email', 'whatsapp', 'sms')),
	CONSTRAINT "marked_addresses_reason_is_known" CHECK ("marked_addresses"."reason" in ('bounced', 'complained'))
);
--> statement-breakpoint
CREATE TABLE "message_appointments" (
	"message_id" bigint NOT NULL,
	"appointment_id" bigint NOT NULL,
	"from_event" integer NOT NULL,
	"to_event" integer NOT NULL,
	CONSTRAINT "message_appointments_pkey" PRIMARY KEY("message_id","appointment_id")
);
--> statement-breakpoint
CREATE TABLE "message_preferences" (
	"recipient" text NOT NULL,
	"kind" text NOT NULL,
	"is_wanted" boolean NOT NULL,
	"chosen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "message_preferences_pkey" PRIMARY KEY("recipient","kind")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"cause" text NOT NULL,
	"recipient" text NOT NULL,
	"account_id" bigint,
	"patient_id" bigint,
	"location_id" bigint,
	"days_before" smallint,
	"state" text DEFAULT 'due' NOT NULL,
	"reason" text,
	"due_at" timestamp with time zone NOT NULL,
	"try_at" timestamp with time zone NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"channel" text,
	"address" text,
	"language" text,
	"key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"provider" text,
	"provider_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	CONSTRAINT "messages_once" UNIQUE("cause","recipient"),
	CONSTRAINT "messages_state_is_known" CHECK ("messages"."state" in ('due', 'sending', 'sent', 'failed', 'skipped')),
	CONSTRAINT "messages_channel_is_known" CHECK ("messages"."channel" in ('email', 'whatsapp', 'sms')),
	CONSTRAINT "messages_sent_say_when" CHECK ("messages"."state" <> 'sent' or "messages"."sent_at" is not null),
	CONSTRAINT "messages_say_why_not" CHECK ("messages"."state" not in ('failed', 'skipped') or "messages"."reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"appointment_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"patient_id" bigint,
	"waits" boolean NOT NULL,
	"ready_at" timestamp with time zone NOT NULL,
	CONSTRAINT "outbox_pkey" PRIMARY KEY("appointment_id","number")
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "wanted_messages" text;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "grace_seconds" smallint DEFAULT 180 NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "quiet_from" text DEFAULT '21:00' NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "quiet_until" text DEFAULT '08:00' NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "messages_language" text DEFAULT 'en' NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "messages_name_visit_type" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "most_emails_a_day" integer;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "most_whatsapps_a_day" integer;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "most_sms_a_day" integer;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "email_cost" double precision DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "whatsapp_cost" double precision DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "sms_cost" double precision DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "currency" text DEFAULT 'IDR' NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "messages_kept_days" smallint DEFAULT 365 NOT NULL;
--> statement-breakpoint
ALTER TABLE "locations" ADD COLUMN "directions" text;
--> statement-breakpoint
ALTER TABLE "locations" ADD COLUMN "email" text;
--> statement-breakpoint
ALTER TABLE "locations" ADD COLUMN "wanted_messages" text DEFAULT 'approvals' NOT NULL;
--> statement-breakpoint
ALTER TABLE "visit_types" ADD COLUMN "reminder_days" smallint[] DEFAULT '{3,1}' NOT NULL;
--> statement-breakpoint
ALTER TABLE "visit_types" ADD COLUMN "is_silent" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "visit_types" ADD COLUMN "bring" text;
--> statement-breakpoint
ALTER TABLE "visit_types" ADD COLUMN "preparation" text;
--> statement-breakpoint
ALTER TABLE "appointment_responses" ADD CONSTRAINT "appointment_responses_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "message_appointments" ADD CONSTRAINT "message_appointments_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "message_appointments" ADD CONSTRAINT "message_appointments_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "message_appointments_by_appointment" ON "message_appointments" USING btree ("appointment_id");
--> statement-breakpoint
CREATE INDEX "messages_to_try" ON "messages" USING btree ("try_at") WHERE "messages"."state" in ('due', 'sending');
--> statement-breakpoint
CREATE INDEX "messages_overdue" ON "messages" USING btree ("due_at") WHERE "messages"."state" in ('due', 'sending');
--> statement-breakpoint
CREATE INDEX "messages_by_time" ON "messages" USING btree ("due_at","id");
--> statement-breakpoint
CREATE INDEX "messages_by_state" ON "messages" USING btree ("state","due_at","id");
--> statement-breakpoint
CREATE INDEX "messages_sent" ON "messages" USING btree ("channel","sent_at") WHERE "messages"."sent_at" is not null;
--> statement-breakpoint
CREATE INDEX "messages_by_account" ON "messages" USING btree ("account_id");
--> statement-breakpoint
CREATE INDEX "messages_by_patient" ON "messages" USING btree ("patient_id");
--> statement-breakpoint
CREATE INDEX "messages_by_provider" ON "messages" USING btree ("provider_id") WHERE "messages"."provider_id" is not null;
--> statement-breakpoint
CREATE INDEX "outbox_by_time" ON "outbox" USING btree ("ready_at");
--> statement-breakpoint
CREATE INDEX "outbox_by_patient" ON "outbox" USING btree ("patient_id");
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_wanted_messages_are_known" CHECK ("accounts"."wanted_messages" in ('nothing', 'approvals', 'next_24_hours', 'everything'));
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD CONSTRAINT "clinic_settings_messages_are_sane" CHECK ("clinic_settings"."grace_seconds" between 0 and 3600
        and "clinic_settings"."quiet_from" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
        and "clinic_settings"."quiet_until" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
        and "clinic_settings"."messages_language" in ('en', 'id')
        and coalesce(least("clinic_settings"."most_emails_a_day", "clinic_settings"."most_whatsapps_a_day", "clinic_settings"."most_sms_a_day"), 0) >= 0
        and least("clinic_settings"."email_cost", "clinic_settings"."whatsapp_cost", "clinic_settings"."sms_cost") >= 0
        and "clinic_settings"."currency" ~ '^[A-Z]{3}$'
        and "clinic_settings"."messages_kept_days" between 30 and 3650);
--> statement-breakpoint
ALTER TABLE "locations" ADD CONSTRAINT "locations_directions_are_sane" CHECK ("locations"."directions" ~ '\S' and length("locations"."directions") <= 500);
--> statement-breakpoint
ALTER TABLE "locations" ADD CONSTRAINT "locations_email_is_lower_case" CHECK ("locations"."email" = lower("locations"."email"));
--> statement-breakpoint
ALTER TABLE "locations" ADD CONSTRAINT "locations_wanted_messages_are_known" CHECK ("locations"."wanted_messages" in ('nothing', 'approvals', 'next_24_hours', 'everything'));
--> statement-breakpoint
ALTER TABLE "visit_types" ADD CONSTRAINT "visit_types_reminders_are_sane" CHECK (cardinality("visit_types"."reminder_days") <= 3 and 1 <= all ("visit_types"."reminder_days") and 14 >= all ("visit_types"."reminder_days"));
--> statement-breakpoint
ALTER TABLE "visit_types" ADD CONSTRAINT "visit_types_bring_is_sane" CHECK ("visit_types"."bring" ~ '\S' and length("visit_types"."bring") <= 500);
--> statement-breakpoint
ALTER TABLE "visit_types" ADD CONSTRAINT "visit_types_preparation_is_sane" CHECK ("visit_types"."preparation" ~ '\S' and length("visit_types"."preparation") <= 1000);
--> statement-breakpoint
-- To whom a message goes, how and in which language: by the channel that they prefer, else by email, else by telephone,
-- among the channels that the clinic has. Without an address, `reason` says why. An account's person is the patient that it is
-- itself; what the clinic's own people get goes by email.
create or replace function addressee_of(message messages, channels text[]) returns table (
  name text, called_name text, own_patient_id bigint, kind text, channel text, address text, language text, reason text
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with reader as (
    select
      case
        when message.location_id is not null then 'location'
        when message.kind = 'approval_requested' or message.kind like 'staff%' then 'staff'
        else 'patient'
      end as kind,
      account.name as account_name, account.email as account_email, account.closed_at, own.id as own_id, own.name,
      own.called_name, own.contact_email, own.phone, own.preferred_channel, own.languages, own.is_deceased, own.erased_at,
      location.name as location_name, location.email as location_email
    from (select) nothing
    left join accounts account on account.id = message.account_id
    left join locations location on location.id = message.location_id
    left join patients own on own.id = (
      case
        when message.account_id is not null then (
          select pair.patient_id
          from account_patients pair
          where pair.account_id = message.account_id
          and pair.relation = 'self'
          limit 1
        )
        else (select coalesce(moved_to_id, id) from patients where id = split_part(message.recipient, ':', 2)::bigint)
      end
    ) and message.location_id is null
  ),
  possible as (
    select way.channel, way.address, marked.reason,
      row_number() over (order by (way.channel = reader.preferred_channel) desc nulls last, way.place) as place
    from reader
    cross join lateral (
      values
        ('email', case reader.kind
          when 'location' then reader.location_email
          when 'staff' then reader.account_email
          else coalesce(reader.contact_email, reader.account_email)
        end, 1),
        ('whatsapp', case when reader.kind = 'patient' then reader.phone end, 2),
        ('sms', case when reader.kind = 'patient' then reader.phone end, 3)
    ) way (channel, address, place)
    left join marked_addresses marked on marked.channel = way.channel and marked.address = way.address
    where way.address is not null
    and way.channel = any (channels)
  ),
  chosen as (select possible.channel, possible.address from possible where possible.reason is null order by possible.place limit 1)
  select
    coalesce(reader.location_name, nullif(reader.account_name, ''), reader.name, ''),
    reader.called_name, reader.own_id, reader.kind, chosen.channel, chosen.address,
    coalesce(
      (
        select left(tag, 2)
        from unnest(reader.languages) with ordinality theirs (tag, place)
        where left(tag, 2) in ('en', 'id')
        order by place
        limit 1
      ),
      (select messages_language from clinic_settings where id)
    ),
    case
      when reader.closed_at is not null or reader.erased_at is not null then 'account_closed'
      when reader.is_deceased then 'deceased'
      when reader.preferred_channel = 'phone' and reader.kind = 'patient' then 'prefers_calls'
      when chosen.address is null then coalesce((select min(possible.reason) from possible), 'no_address')
    end
  from reader
  left join chosen on true;
end;
--> statement-breakpoint
-- When a message that should go out at `wanted` may go out: then, or outside the quiet hours of the location at the nearest
-- minute from `earliest` on that is still before `latest`. When there is none, at once: it would come too late.
create or replace function allowed_at(wanted timestamptz, earliest timestamptz, latest timestamptz, time_zone text)
returns timestamptz
language sql
stable
begin atomic
  select case
    when not quiet.is_now then wanted
    else coalesce(
      (
        select possible.at
        from (
          values
            ((night.began - interval '1 minute') at time zone time_zone),
            (night.ends at time zone time_zone)
        ) possible (at)
        where possible.at >= earliest
        and possible.at < latest
        order by greatest(possible.at - wanted, wanted - possible.at)
        limit 1
      ),
      greatest(wanted, earliest)
    )
  end
  from clinic_settings settings
  cross join lateral (
    select
      wanted at time zone time_zone as local,
      settings.quiet_from::time as from_clock,
      settings.quiet_until::time as until_clock
  ) clock
  cross join lateral (
    select case
      when clock.from_clock <= clock.until_clock
        then clock.local::time >= clock.from_clock and clock.local::time < clock.until_clock
      else clock.local::time >= clock.from_clock or clock.local::time < clock.until_clock
    end as is_now
  ) quiet
  cross join lateral (
    select
      clock.local::date + clock.from_clock
      - case when clock.local::time < clock.from_clock then interval '1 day' else '0' end as began,
      clock.local::date + clock.until_clock
      + case when clock.local::time < clock.until_clock then interval '0' else '1 day' end as ends
  ) night
  where settings.id;
end;
--> statement-breakpoint
-- Writes an event that `next_event` made, moves the anchor of its chain, and puts the event into the outbox if someone may have
-- to be told of it. This is the only place that writes events.
--
-- What the clinic or another system did waits: it may be followed by more of the same, or undone. Holds are nobody's
-- business, and who is here already knows.
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

  insert into outbox (appointment_id, number, patient_id, waits, ready_at)
  select
    event.appointment_id, event.number, (event.after ->> 'patient_id')::bigint, made.waits,
    case
      when made.waits then event.at + (select grace_seconds * interval '1 second' from clinic_settings where id)
      else event.at
    end
  from (
    select event.api_key_id is not null or event.actor_kind in ('front_desk', 'doctor', 'admin') as waits
  ) made
  where event.kind not in (
    'appointment.held', 'appointment.extended', 'appointment.released', 'appointment.arrived', 'appointment.fulfilled',
    'appointment.resized'
  );
end;
--> statement-breakpoint
-- The appointments whose events in the outbox are ready, at most so many, and from which to which event. What the clinic or
-- another system did is not ready as long as more of the same has just been done for the patient.
create or replace function changes_to_tell(as_of timestamptz, at_most integer) returns table (
  appointment_id bigint, from_event integer, to_event integer, ready_at timestamptz
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select ready.appointment_id, (
    select min(number) from outbox where outbox.appointment_id = ready.appointment_id
  ), ready.to_event, ready.ready_at
  from (
    select one.appointment_id, max(one.number) as to_event, max(one.ready_at) as ready_at
    from outbox one
    where one.ready_at <= as_of
    and (not one.waits or not exists (
      select from outbox later
      where (later.appointment_id = one.appointment_id or later.patient_id = one.patient_id)
      and later.waits
      and later.ready_at > as_of
    ))
    group by one.appointment_id
    order by max(one.ready_at), one.appointment_id
    limit at_most
  ) ready;
end;
--> statement-breakpoint
-- Takes at most so many messages that are due, for two minutes: what is not marked by then is tried again. Skips those that
-- nobody wants or that are no longer true, each with its reason, and puts off those above the day's limit of a channel.
-- Answers with everything that is needed to write the rest, and with how many it looked at.
--
-- Runs with the owner's rights: the Worker's database role may not write messages.
create or replace function claim_messages(as_of timestamptz, channels text[], at_most integer) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  due messages[];
  message messages;
  reader record;
  about record;
  left_today jsonb := places_left_today(as_of);
  contents jsonb[] := '{}';
begin
  due := array(
    select messages
    from messages
    where state in ('due', 'sending')
    and try_at <= as_of
    order by try_at
    limit at_most
    for update skip locked
  );
  foreach message in array due loop
    select * into reader from addressee_of(message, channels);
    select
      jsonb_agg(one.told order by one.start_at) filter (where one.pointless is null) as told,
      min(one.pointless) as pointless,
      max(one.waits_until) as waits_until
    into about
    from appointments_in_message(message, as_of) one;
    message.channel := reader.channel;
    message.address := reader.address;
    message.language := reader.language;
    message.reason := case
      when about.told is null then coalesce(about.pointless, 'changed')
      when exists (
        select from message_preferences choice
        where choice.recipient = message.recipient
        and choice.kind = message.kind
        and not choice.is_wanted
      ) then 'not_wanted'
      else reader.reason
    end;
    message.state := case when message.reason is null then 'sending' else 'skipped' end;
    message.try_at := as_of + interval '2 minutes';
    if message.state = 'sending' and about.waits_until is not null then
      message.state := 'due';
      message.try_at := greatest(about.waits_until, as_of + interval '1 second');
    elsif message.state = 'sending' and (left_today ->> message.channel)::integer < 1 then
      message.state := 'due';
      message.reason := 'daily_limit';
      message.try_at := date_trunc('day', as_of, 'UTC') + interval '1 day';
    elsif message.state = 'sending' then
      message.attempts := message.attempts + 1;
      left_today := left_today || jsonb_build_object(message.channel, (left_today ->> message.channel)::integer - 1);
      contents := contents || jsonb_build_object(
        'id', message.id, 'kind', message.kind, 'language', message.language, 'channel', message.channel,
        'to', message.address, 'key', message.key, 'attempt', message.attempts, 'due_at', in_utc(message.due_at),
        'recipient', jsonb_build_object(
          'kind', reader.kind, 'name', reader.name, 'called_name', reader.called_name, 'account_id', message.account_id,
          'patient_id', reader.own_patient_id
        ),
        'recipient_key', message.recipient, 'days_before', message.days_before, 'appointments', about.told
      );
    end if;
    update messages
    set
      state = message.state, reason = message.reason, try_at = message.try_at, attempts = message.attempts,
      channel = message.channel, address = message.address, language = message.language
    where id = message.id;
  end loop;
  return jsonb_build_object(
    'looked_at', cardinality(due),
    'names_visit_type', (select messages_name_visit_type from clinic_settings where id),
    'messages', to_jsonb(contents)
  );
end
$$;
--> statement-breakpoint
-- The doctors that the facts of an event name: whose appointment it is, and their colleagues.
create or replace function doctors_in(facts jsonb) returns bigint[]
language sql
immutable
return array(
  select (facts ->> 'doctor_id')::bigint
  where facts ->> 'doctor_id' is not null
  union
  select colleague.id::bigint from jsonb_array_elements_text(facts -> 'colleague_ids') colleague (id)
);
--> statement-breakpoint
-- Records what became of messages that were claimed: [{id, attempt, outcome, provider, provider_id, reason,
-- retry_after_seconds}]. What a provider accepted is sent, whatever else has happened meanwhile. What it refused has failed.
-- Anything else is tried again, ever less often, until a day after it was due or until it would come too late. `released`
-- gives a message back that was not tried at all.
create or replace function mark_messages(outcomes jsonb, as_of timestamptz) returns void
language sql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
begin atomic
  with marked as (
    select messages.id, outcome.*,
      outcome.outcome = 'failed' and (
        messages.due_at <= as_of - interval '1 day'
        or messages.kind <> 'missed' and (
          select min((events.after ->> 'start_at')::timestamptz)
          from message_appointments about
          join events on events.appointment_id = about.appointment_id and events.number = about.to_event
          where about.message_id = messages.id
        ) <= as_of
      ) as has_given_up
    from jsonb_to_recordset(outcomes) outcome (
      message_id bigint, attempt integer, outcome text, provider text, provider_id text, reason text,
      retry_after_seconds integer
    )
    join messages on messages.id = outcome.message_id
    where outcome.outcome = 'accepted'
    or messages.state = 'sending' and messages.attempts = outcome.attempt
  )
  update messages
  set
    state = case
      when marked.outcome = 'accepted' then 'sent'
      when marked.outcome = 'refused' or marked.has_given_up then 'failed'
      else 'due'
    end,
    reason = case when marked.outcome <> 'accepted' then marked.reason end,
    provider = coalesce(marked.provider, messages.provider),
    provider_id = coalesce(marked.provider_id, messages.provider_id),
    sent_at = case when marked.outcome = 'accepted' then coalesce(messages.sent_at, as_of) end,
    attempts = messages.attempts - case when marked.outcome = 'released' then 1 else 0 end,
    try_at = case
      when marked.outcome = 'released' then as_of + interval '1 minute'
      else as_of + coalesce(
        marked.retry_after_seconds * interval '1 second', least(15, 2 ^ (marked.attempt - 1)) * interval '1 minute'
      )
    end
  from marked
  where messages.id = marked.id;
end;
--> statement-breakpoint
-- When, where and with whom an appointment is by the facts of an event, with the names as they are now. Events from before
-- places were recorded took place at the doctor's first location.
create or replace function occasion_in(facts jsonb) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select jsonb_build_object(
    'start_at', in_utc(time.start_at),
    'end_at', in_utc(time.end_at),
    'start_local', to_char(time.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'end_local', to_char(time.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'doctor_name', doctor.name,
    'location', jsonb_build_object(
      'id', location.id, 'name', location.name, 'time_zone', location.time_zone, 'address', location.address,
      'phone', location.phone, 'directions', location.directions
    )
  )
  from (
    select (facts ->> 'start_at')::timestamptz as start_at, (facts ->> 'end_at')::timestamptz as end_at
  ) time
  join doctors doctor on doctor.id = (facts ->> 'doctor_id')::bigint
  join locations location on location.id = coalesce((facts ->> 'location_id')::bigint, doctor.location_id);
end;
--> statement-breakpoint
-- The patients that the facts of an event name: whose appointment it is, and who comes along. A merged record counts as the
-- one that took its place.
create or replace function patients_in(facts jsonb) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
return array(
  select distinct coalesce(patients.moved_to_id, patients.id)
  from (
    select (facts ->> 'patient_id')::bigint as id
    union
    select companion.id::bigint from jsonb_array_elements_text(facts -> 'companion_ids') companion (id)
  ) named
  join patients on patients.id = named.id
);
--> statement-breakpoint
-- How many more messages may go out today (UTC) by each channel that has a limit.
create or replace function places_left_today(as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select coalesce(jsonb_object_agg(capped.channel, greatest(0, capped.most - (
    select count(*)
    from messages
    where messages.channel = capped.channel
    and messages.sent_at >= date_trunc('day', as_of, 'UTC')
  ))), '{}')
  from clinic_settings settings
  cross join lateral (
    values
      ('email', settings.most_emails_a_day),
      ('whatsapp', settings.most_whatsapps_a_day),
      ('sms', settings.most_sms_a_day)
  ) capped (channel, most)
  where settings.id
  and capped.most is not null;
end;
--> statement-breakpoint
-- Turns what is ready in the outbox into messages, for at most so many appointments, and removes it, in one transaction. One
-- message tells a recipient of all changes that were made together, or that concern the same day. Answers with how many
-- appointments it did: there may be more as long as that is `at_most`.
--
-- One at a time plans, so that nothing is planned twice. Runs with the owner's rights: the Worker's database role may not
-- write the outbox.
create or replace function plan_messages(as_of timestamptz, at_most integer) returns integer
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  changes jsonb;
begin
  perform pg_advisory_xact_lock(hashtext('plan messages'));
  select jsonb_agg(one) into changes from changes_to_tell(as_of, at_most) one;
  if changes is null then
    return 0;
  end if;
  with
  change as (
    select one.*, net.request_id, net.account_id as by_account, facts.start_at, location.time_zone,
      (facts.start_at at time zone location.time_zone)::date as day,
      exists (
        select from outbox
        where outbox.appointment_id = one.appointment_id
        and outbox.number = one.to_event
        and not outbox.waits
      ) as is_own
    from jsonb_to_recordset(changes) one (appointment_id bigint, from_event integer, to_event integer, ready_at timestamptz)
    cross join lateral net_change(one.appointment_id, one.from_event, one.to_event) net
    cross join lateral (
      select
        (shown.facts ->> 'start_at')::timestamptz as start_at, (shown.facts ->> 'location_id')::bigint as location_id,
        (shown.facts ->> 'doctor_id')::bigint as doctor_id
      from (select case when net.stands = 'none' then coalesce(net.was, net.became) else net.became end as facts) shown
    ) facts
    join doctors doctor on doctor.id = facts.doctor_id
    join locations location on location.id = coalesce(facts.location_id, doctor.location_id)
  ),
  told as (
    select change.*, one.kind, reader.recipient, reader.account_id, one.patient_id, null::bigint as location_id
    from change
    cross join lateral messages_for_patients(change.appointment_id, change.from_event, change.to_event) one
    cross join lateral recipients_of(one.patient_id, case when change.is_own then change.by_account end, as_of) reader
    union all
    select
      change.*, one.kind, coalesce('account:' || one.account_id, 'location:' || one.location_id), one.account_id, null,
      one.location_id
    from change
    cross join lateral messages_for_staff(change.appointment_id, change.from_event, change.to_event) one
  ),
  gathered as (
    select
      told.*,
      case
        when told.request_id is not null and count(*) over (partition by told.recipient, told.kind, told.request_id) > 1
        then told.request_id
        else told.day::text
      end as gathered_by
    from told
  ),
  message as (
    select
      kind, recipient, gathered_by, account_id, min(patient_id) as patient_id, location_id,
      kind || ':' || min(appointment_id) || ':' || (array_agg(to_event order by appointment_id))[1] as cause,
      min(case
        when is_own and account_id = by_account then ready_at
        else allowed_at(ready_at, ready_at, start_at, time_zone)
      end) as due_at,
      array_agg(distinct array[appointment_id, from_event, to_event]) as about
    from gathered
    group by kind, recipient, gathered_by, account_id, location_id
  ),
  written as (
    insert into messages (kind, cause, recipient, account_id, patient_id, location_id, due_at, try_at, created_at)
    select kind, cause, recipient, account_id, patient_id, location_id, due_at, due_at, as_of
    from message
    on conflict (cause, recipient) do nothing
    returning id, messages.cause, messages.recipient
  )
  insert into message_appointments (message_id, appointment_id, from_event, to_event)
  select written.id, message.about[n][1], message.about[n][2], message.about[n][3]
  from written
  join message on message.cause = written.cause and message.recipient = written.recipient
  cross join lateral generate_subscripts(message.about, 1) n;

  delete from outbox
  using jsonb_to_recordset(changes) one (appointment_id bigint, to_event integer)
  where outbox.appointment_id = one.appointment_id
  and outbox.number <= one.to_event;
  return jsonb_array_length(changes);
end
$$;
--> statement-breakpoint
-- Plans the reminders of the next day and a half, at most so many, in one transaction. Several appointments of a recipient on
-- one day have one. Answers with how many it planned: there may be more as long as that is `at_most`. May be done again at
-- any time, and by two at once.
create or replace function plan_reminders(as_of timestamptz, at_most integer) returns integer
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  planned integer := 0;
  one record;
begin
  perform pg_advisory_xact_lock(hashtext('plan messages'));
  for one in select * from reminders_to_plan(as_of, at_most) loop
    insert into messages (
      kind, cause, recipient, account_id, patient_id, days_before, due_at, try_at, created_at
    )
    values (
      'reminder', one.cause, one.recipient, one.account_id, one.patient_id, one.days_before, one.due_at, one.due_at, as_of
    )
    on conflict (cause, recipient) do nothing;
    insert into message_appointments (message_id, appointment_id, from_event, to_event)
    select id, one.appointment_id, one.event_count, one.event_count
    from messages
    where cause = one.cause
    and recipient = one.recipient
    and state = 'due'
    on conflict do nothing;
    planned := planned + 1;
  end loop;
  return planned;
end
$$;
--> statement-breakpoint
-- Who is written to about a patient: their own account; without one, the accounts that act for them now; without any, the
-- patient at the address in their record. Whoever made the change for them is told too.
create or replace function recipients_of(patient bigint, by_account bigint, as_of timestamptz) returns table (
  recipient text, account_id bigint
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with linked as (
    select pair.account_id as id, pair.relation = 'self' as is_self
    from account_patients pair
    join accounts account on account.id = pair.account_id
    where pair.patient_id = patient
    and account.closed_at is null
    and link_is_in_force(pair.ends_on, as_of)
  )
  select 'account:' || linked.id, linked.id
  from linked
  where linked.is_self
  or linked.id = by_account
  or not exists (select from linked own where own.is_self)
  union all
  select 'patient:' || patient, null
  where not exists (select from linked);
end;
--> statement-breakpoint
-- Reminders that come due within a day and a half and are not planned yet, at most so many: for each recipient, local day and
-- number of days before. None follows within twelve hours of what was last told of the time, and none comes twelve hours late.
create or replace function reminders_to_plan(as_of timestamptz, at_most integer) returns table (
  appointment_id bigint, event_count integer, patient_id bigint, recipient text, account_id bigint, days_before smallint,
  cause text, due_at timestamptz
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with coming as (
    select
      one.id, one.event_count, one.start_at, one.patient_id, location.time_zone, wanted.days,
      'reminder:' || wanted.days || ':' || local.start_at::date as cause,
      (local.start_at - wanted.days * interval '1 day') at time zone location.time_zone as planned_at
    from appointments one
    join locations location on location.id = one.location_id
    left join visit_types visit on visit.id = one.visit_type_id
    cross join lateral unnest(coalesce(visit.reminder_days, '{3,1}')) wanted (days)
    cross join lateral (select one.start_at at time zone location.time_zone as start_at) local
    where one.start_at > as_of
    and one.start_at < as_of + (
      select interval '36 hours' + coalesce(max(days), 3) * interval '1 day'
      from visit_types
      cross join lateral unnest(reminder_days) days
    )
    and one.status = 'booked'
    and one.patient_id is not null
    and not coalesce(visit.is_silent, false)
  )
  select
    coming.id, coming.event_count, person.id, reader.recipient, reader.account_id, coming.days, coming.cause,
    allowed_at(coming.planned_at, as_of, coming.start_at, coming.time_zone)
  from coming
  cross join lateral unnest(array[coming.patient_id] || array(
    select - claim.resource_id from claims claim where claim.appointment_id = coming.id and claim.part = 'companion'
  )) person (id)
  cross join lateral recipients_of(person.id, null, as_of) reader
  where coming.planned_at between as_of - interval '12 hours' and as_of + interval '36 hours'
  and not exists (
    select from messages
    where messages.cause = coming.cause
    and messages.recipient = reader.recipient
    and (messages.state <> 'due' or exists (
      select from message_appointments about
      where about.message_id = messages.id
      and about.appointment_id = coming.id
    ))
  )
  and not exists (
    select from events
    where events.appointment_id = coming.id
    and events.at > coming.planned_at - interval '12 hours'
    and events.kind in (
      'appointment.booked', 'appointment.rescheduled', 'appointment.confirmed', 'appointment.reassigned',
      'appointment.visit_type_changed'
    )
  )
  order by coming.planned_at, coming.id
  limit at_most;
end;
--> statement-breakpoint
-- What an appointment is to those who take part, by the facts of an event: `agreed`, `requested` while it waits for the
-- clinic's approval, `missed`, or `none`.
create or replace function standing_in(facts jsonb, is_request boolean) returns text
language sql
immutable
return case
  when facts ->> 'status' in ('booked', 'arrived', 'fulfilled') then 'agreed'
  when facts ->> 'status' = 'pending' and is_request then 'requested'
  when facts ->> 'status' = 'noshow' then 'missed'
  else 'none'
end;
--> statement-breakpoint
-- When the next message, or the next event in the outbox, is due; and how many of both should have gone out more than five
-- minutes ago. What is tried again because a provider was down, or waits for the next day's limit, is overdue too.
create or replace function find_waiting(as_of timestamptz) returns table (next_at text, overdue integer)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select
    in_utc(least(
      (select min(ready_at) from outbox),
      (select min(try_at) from messages where state in ('due', 'sending'))
    )),
    (
      (select count(*) from outbox where ready_at <= as_of - interval '5 minutes')
      + (
        select count(*)
        from messages
        where state in ('due', 'sending')
        and due_at <= as_of - interval '5 minutes'
      )
    )::integer;
end;
--> statement-breakpoint
-- What some events of an appointment changed together, from the first to the last of them: what stood before, what stands
-- now, and who made the last of them.
create or replace function net_change(of_appointment bigint, from_event integer, to_event integer) returns table (
  was jsonb, stood text, became jsonb, stands text, has_moved boolean, is_over boolean, kind text, at timestamptz,
  account_id bigint, request_id text
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select
    first.before, standing.stood, last.after, standing.stands,
    (first.before ->> 'start_at', first.before ->> 'end_at', first.before ->> 'doctor_id')
      is distinct from (last.after ->> 'start_at', last.after ->> 'end_at', last.after ->> 'doctor_id')
    or coalesce(first.before ->> 'location_id' <> last.after ->> 'location_id', false),
    case
      when standing.stands = 'none' then (first.before ->> 'start_at')::timestamptz
      -- A missed appointment is told of as long as people remember it.
      when standing.stands = 'missed' then (last.after ->> 'start_at')::timestamptz + interval '3 days'
      else (last.after ->> 'start_at')::timestamptz
    end <= last.at,
    last.kind, last.at, last.account_id, last.request_id
  from events first
  join events last on last.appointment_id = first.appointment_id and last.number = to_event
  cross join lateral (
    select min(number) as number
    from events
    where events.appointment_id = of_appointment
    and events.kind = 'appointment.requested'
  ) requested
  cross join lateral (
    select
      standing_in(first.before, coalesce(requested.number < from_event, false)) as stood,
      standing_in(last.after, coalesce(requested.number <= to_event, false)) as stands
  ) standing
  where first.appointment_id = of_appointment
  and first.number = from_event;
end;
--> statement-breakpoint
-- Reads a wish against the clinic's data: one row for each doctor who may be meant, or one row without a doctor. Nothing
-- is judged here; what is unknown, not offered or no longer in use is null. `lasting` is the length of the visit type that
-- was meant. When the front desk wishes for another length, the appointment is of no visit type and has no buffers.
create or replace function read_wish(wanted appointments, wish wish, acting acting) returns table (
  doctor_id bigint, resource_id bigint, patient_id bigint, location_id bigint, time_zone text,
  visit_type_id bigint, lasting interval, buffer_before_minutes smallint, buffer_after_minutes smallint, daily_cap smallint,
  start_at timestamptz, end_at timestamptz
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.id, doctor.resource_id, patient.id,
    case
      when doctor.works_elsewhere and wish.location_id is null then location_at(
        doctor.id, tstzrange(read.start_at, greatest(read.start_at, meeting.end_at)), null
      )
      else coalesce(wish.location_id, doctor.location_id)
    end,
    location.time_zone,
    kept.id, visit.minutes * interval '1 minute', kept.buffer_before_minutes, kept.buffer_after_minutes, kept.daily_cap,
    read.start_at, meeting.end_at
  from (values (wanted.patient_id)) named (patient_id)
  left join (
    (
      select wanted.doctor_id as id where wanted.doctor_id is not null
      union all
      select offer.doctor_id from doctor_visit_types offer
      where wanted.doctor_id is null and offer.visit_type_id = wanted.visit_type_id
    ) meant
    cross join lateral (
      select one.*, works_elsewhere
      from doctors one
      cross join lateral (
        select
          bool_or(work.location_id <> one.location_id) as works_elsewhere,
          bool_or(place.is_active and (wish.location_id is null or work.location_id = wish.location_id)) as works_there
        from doctor_locations work
        join locations place on place.id = work.location_id
        where work.doctor_id = one.id
      ) places
      where one.id = meant.id
      and one.is_active
      and works_there
      and (wish.specialty is null or one.specialty = wish.specialty)
      offset 0 -- or a plan made for any doctor would read all of them for one
    ) doctor
  ) on true
  -- All locations of a doctor have the same clock.
  left join locations location on location.id = doctor.location_id
  left join patients patient on patient.id = named.patient_id and patient.erased_at is null
  cross join lateral (
    select instant_at(wish.starts, location.time_zone) as start_at, instant_at(wish.ends, location.time_zone) as end_at
  ) read
  left join lateral (
    select kind.*
    from doctor_visit_types offer
    join visit_types kind on kind.id = offer.visit_type_id
    where offer.doctor_id = doctor.id
    -- When none is named, a patient means the doctor's first visit type of exactly that length, in person if there is one.
    -- The front desk means none.
    and case
      when wanted.visit_type_id is not null then kind.id = wanted.visit_type_id
      else kind.minutes * interval '1 minute' = read.end_at - read.start_at and not acting.by_desk and kind.capacity is null
    end
    and (kind.bookable_online or acting.by_desk)
    and kind.is_active
    order by kind.mode <> 'in_person', kind.id
    limit 1
  ) visit on true
  left join lateral (
    select visit.id, visit.buffer_before_minutes, visit.buffer_after_minutes, visit.daily_cap
    where not acting.by_desk
    or read.end_at is null
    or read.end_at - read.start_at = visit.minutes * interval '1 minute'
  ) kept on true
  cross join lateral (
    select coalesce(read.end_at, read.start_at + visit.minutes * interval '1 minute') as end_at
  ) meeting;
end;
--> statement-breakpoint
-- The appointments that a message is about, as it tells them, by start; with what makes telling them pointless now, or null.
-- A reminder tells what is true now, anything else what the events say that it was sent for.
create or replace function appointments_in_message(message messages, as_of timestamptz) returns table (
  told jsonb, start_at timestamptz, pointless text, waits_until timestamptz
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select
    occasion_in(facts.told) || jsonb_build_object(
      'id', one.id,
      'version', case when message.kind = 'reminder' then one.event_count else about.to_event end,
      'patient', case when patient.id is not null then jsonb_build_object(
        'id', patient.id, 'name', patient.name, 'called_name', patient.called_name
      ) end,
      'before', case when message.kind in ('moved', 'staff_moved') then occasion_in(first.before) end,
      'changed_by', case
        when last.actor_kind = 'patient' then 'patient'
        when last.actor_kind = 'system' then 'clock'
        else 'clinic'
      end,
      'reason', case when message.kind = 'declined' then last.reason end,
      'visit_type', case when visit.id is not null then jsonb_build_object(
        'name', visit.name, 'mode', visit.mode, 'bring', visit.bring, 'preparation', visit.preparation
      ) end,
      'room_names', (
        select coalesce(jsonb_agg(thing ->> 'name'), '[]')
        from jsonb_array_elements(things_of(coalesce(one.session_id, one.id))) thing
        where thing ->> 'type' = 'room'
      )
    ),
    facts.start_at,
    case
      when visit.is_silent then 'silent_visit_type'
      when overtaken.is_so then 'overtaken'
      when message.kind = 'reminder' and (
        one.status <> 'booked'
        or message.cause <> 'reminder:' || message.days_before || ':' || (one.start_at at time zone location.time_zone)::date
      ) then 'changed'
      when message.kind in ('booked', 'moved', 'staff_booked', 'staff_moved') and one.status <> 'booked' then 'changed'
      when message.kind in ('requested', 'approval_requested') and one.status <> 'pending' then 'changed'
      when message.kind = 'missed' and one.status <> 'noshow' then 'changed'
      when message.kind <> 'missed' and facts.start_at <= as_of then 'too_late'
    end,
    -- Whether it is still true is not known before what came after it is ready.
    case when message.kind in ('booked', 'moved', 'requested', 'reminder') then pending.until end
  from message_appointments about
  join appointments one on one.id = about.appointment_id
  join events first on first.appointment_id = one.id and first.number = about.from_event
  join events last on last.appointment_id = one.id and last.number = about.to_event
  cross join lateral (
    select case when message.kind = 'reminder' then facts_of(one) else last.after end as told,
      case when message.kind = 'reminder' then one.start_at else (last.after ->> 'start_at')::timestamptz end as start_at
  ) facts
  join locations location on location.id = one.location_id
  left join patients patient on patient.id = (facts.told ->> 'patient_id')::bigint
  left join visit_types visit on visit.id = (facts.told ->> 'visit_type_id')::bigint
  cross join lateral (
    select message.kind <> 'reminder' and exists (
      select from message_appointments later
      join messages other on other.id = later.message_id
      where later.appointment_id = one.id
      and later.to_event > about.to_event
      and other.recipient = message.recipient
      and other.kind <> 'reminder'
    ) as is_so
  ) overtaken
  cross join lateral (select max(outbox.ready_at) as until from outbox where outbox.appointment_id = one.id) pending
  where about.message_id = message.id;
end;
--> statement-breakpoint
-- Which patients must be told of a change, and of what kind of message: by what each of them was told before and by what is
-- true now. A change that was taken back is none.
create or replace function messages_for_patients(of_appointment bigint, from_event integer, to_event integer) returns table (
  patient_id bigint, kind text
)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select person.id, told.kind
  from net_change(of_appointment, from_event, to_event) net
  cross join lateral (select patients_in(net.was) as before, patients_in(net.became) as now) people
  cross join lateral (select distinct id from unnest(people.before || people.now) id) person
  cross join lateral (
    select
      case when person.id = any (people.before) then net.stood else 'none' end as stood,
      case when person.id = any (people.now) then net.stands else 'none' end as stands
  ) theirs
  cross join lateral (
    select case
      when theirs.stands = 'requested' and (theirs.stood <> 'requested' or net.has_moved) then 'requested'
      when theirs.stands = 'agreed' and net.became ->> 'status' = 'booked'
      and (theirs.stood in ('none', 'requested') or theirs.stood = 'missed' and net.has_moved) then 'booked'
      when theirs.stands = 'agreed' and theirs.stood = 'agreed' and net.has_moved then 'moved'
      when theirs.stands = 'missed' and theirs.stood = 'agreed' then 'missed'
      when theirs.stands = 'none' and theirs.stood = 'requested' and net.kind = 'appointment.declined' then 'declined'
      when theirs.stands = 'none' and theirs.stood = 'requested' and net.kind = 'appointment.lapsed' then 'lapsed'
      when theirs.stands = 'none' and theirs.stood in ('agreed', 'requested') then 'cancelled'
    end as kind
  ) told
  where told.kind is not null
  and not net.is_over;
end;
--> statement-breakpoint
-- Which of the clinic's own people, and which location, must be told of a change: those who have chosen to be, unless they
-- made it themselves. Doctors who have not chosen are told of the next 24 hours. Of a session, its own events are told, not
-- each participant's.
create or replace function messages_for_staff(of_appointment bigint, from_event integer, to_event integer) returns table (
  account_id bigint, location_id bigint, kind text
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select reader.account_id, reader.location_id, told.kind
  from net_change(of_appointment, from_event, to_event) net
  cross join lateral (select doctors_in(net.was) as before, doctors_in(net.became) as now) doctors
  cross join lateral (
    select
      account.id as account_id, null::bigint as location_id, account.doctor_id,
      coalesce(account.wanted_messages, case when account.role = 'doctor' then 'next_24_hours' else 'nothing' end) as wants
    from accounts account
    where account.role in ('doctor', 'front_desk', 'admin')
    and account.closed_at is null
    and account.id is distinct from net.account_id
    and (account.doctor_id is null or account.doctor_id = any (doctors.before || doctors.now))
    union all
    select null, location.id, null, location.wanted_messages
    from locations location
    where location.id = coalesce(net.became ->> 'location_id', net.was ->> 'location_id')::bigint
    and location.email is not null
  ) reader
  cross join lateral (
    select
      case when reader.doctor_id <> all (doctors.before) then 'none' else net.stood end as stood,
      case when reader.doctor_id <> all (doctors.now) then 'none' else net.stands end as stands
  ) theirs
  cross join lateral (
    select case
      when theirs.stands = 'requested' and theirs.stood <> 'requested' then 'approval_requested'
      when coalesce(net.became, net.was) ->> 'session_id' is not null then null
      when theirs.stands = 'agreed' and theirs.stood in ('none', 'requested') and net.became ->> 'status' = 'booked'
        then 'staff_booked'
      when theirs.stands = 'agreed' and theirs.stood = 'agreed' and net.has_moved then 'staff_moved'
      when theirs.stands = 'none' and theirs.stood in ('agreed', 'requested') then 'staff_cancelled'
    end as kind
  ) told
  where told.kind is not null
  and not net.is_over
  and (
    reader.wants = 'everything'
    or reader.wants <> 'nothing' and told.kind = 'approval_requested'
    or reader.wants = 'next_24_hours' and least(
      case when theirs.stood = 'agreed' then (net.was ->> 'start_at')::timestamptz end,
      case when theirs.stands = 'agreed' then (net.became ->> 'start_at')::timestamptz end
    ) between net.at and net.at + interval '24 hours'
  );
end;

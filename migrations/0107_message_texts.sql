CREATE TABLE "message_texts" (
	"kind" text NOT NULL,
	"language" text NOT NULL,
	"channel" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"changed_by" bigint NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "message_texts_pkey" PRIMARY KEY("kind","language","channel"),
	CONSTRAINT "message_texts_languages_are_known" CHECK ("message_texts"."language" in ('en', 'id')),
	CONSTRAINT "message_texts_channels_are_known" CHECK ("message_texts"."channel" in ('email', 'sms')),
	CONSTRAINT "message_texts_are_of_a_length" CHECK (length("message_texts"."subject") <= 200 and length("message_texts"."body") between 1 and 2000)
);
--> statement-breakpoint
ALTER TABLE "message_texts" ADD CONSTRAINT "message_texts_changed_by_accounts_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
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
        'recipient_key', message.recipient, 'days_before', message.days_before, 'appointments', about.told,
        'own_text', own_message_texts(message.kind, message.channel) -> message.language
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
-- The clinic's own texts of one kind of message in one channel, by language.
create or replace function own_message_texts(of_kind text, through text) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(
    jsonb_object_agg(
      own.language,
      jsonb_build_object('subject', own.subject, 'body', own.body, 'changed_at', in_utc(own.changed_at))
    ),
    '{}'
  )
  from message_texts own
  where own.kind = of_kind
  and own.channel = through;
end;
--> statement-breakpoint
-- Changes the clinic's own texts of one kind of message in one channel. `wanted` has a text for each language, or null to go
-- back to ours. `seen` has when each was last changed, as the caller saw it: if that is no longer so, nothing changes. The
-- security log keeps what they were and are. Changes wait for one another.
--
-- Answers with the outcome: changed, same, stale, or not_allowed for a text that names the visit type although the clinic
-- does not let messages do that.
create or replace function change_message_texts(of_kind text, through text, wanted jsonb, seen jsonb, acting acting)
returns text
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  names_visit_type boolean;
  before jsonb;
  after jsonb;
begin
  select messages_name_visit_type into names_visit_type from clinic_settings for no key update;
  if not names_visit_type and wanted::text like '%{visit\_type}%' then
    return 'not_allowed';
  end if;

  before := own_message_texts(of_kind, through);
  if exists (
    select from jsonb_object_keys(wanted) language
    where (seen ->> language)::timestamptz is distinct from (before -> language ->> 'changed_at')::timestamptz
  ) then
    return 'stale';
  end if;

  delete from message_texts own
  using jsonb_each(wanted) wish
  where (own.kind, own.language, own.channel) = (of_kind, wish.key, through)
  and wish.value = 'null';

  insert into message_texts as own (kind, language, channel, subject, body, changed_by, changed_at)
  select
    of_kind, wish.key, through, wish.value ->> 'subject', wish.value ->> 'body', acting.account_id, acting.as_of
  from jsonb_each(wanted) wish
  where wish.value <> 'null'
  on conflict (kind, language, channel) do update
  set subject = excluded.subject, body = excluded.body, changed_by = excluded.changed_by, changed_at = excluded.changed_at
  where (own.subject, own.body) is distinct from (excluded.subject, excluded.body);

  after := own_message_texts(of_kind, through);
  if after = before then
    return 'same';
  end if;
  perform record_security_event(
    'settings.changed',
    null,
    jsonb_build_object(
      'before', jsonb_build_object('message_texts', jsonb_build_object(of_kind, jsonb_build_object(through, before))),
      'after', jsonb_build_object('message_texts', jsonb_build_object(of_kind, jsonb_build_object(through, after)))
    ),
    acting
  );
  return 'changed';
end
$$;

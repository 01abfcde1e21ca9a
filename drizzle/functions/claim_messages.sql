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
  due := array(select one from due_messages(as_of, at_most) one);
  -- Reminders come last: none is sent together with what it would remind of.
  due := array(select due[n] from generate_subscripts(due, 1) n order by (due[n]).kind = 'reminder', n);
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

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
--> statement-breakpoint
-- Messages that are due, at most so many, those to try first before others. Nobody else may have them until the transaction ends;
-- what another has is left out.
--
-- Only `messages_to_try` has them in this order. As long as there are few, PostgreSQL would as soon sort all that will ever be due.
create or replace function due_messages(as_of timestamptz, at_most integer) returns setof messages
language sql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
set enable_sort to off
begin atomic
  select *
  from messages
  where state in ('due', 'sending')
  and try_at <= as_of
  order by try_at
  limit at_most
  for update skip locked;
end;
--> statement-breakpoint
-- Records what became of messages that were claimed: [{id, attempt, outcome, provider, provider_id, reason,
-- retry_after_seconds}]. What a provider accepted is sent, whatever else has happened meanwhile. What it refused has failed.
-- Anything else is tried again, ever less often, until a day after it was due or until it would come too late. `released`
-- gives a message back that was not tried at all.
--
-- Reads no message but these: joined with a set of unknown size, a plan from when there were few messages reads them all.
create or replace function mark_messages(outcomes jsonb, as_of timestamptz) returns void
language sql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with marked as materialized (
    select *
    from jsonb_to_recordset(outcomes) outcome (
      message_id bigint, attempt integer, outcome text, provider text, provider_id text, reason text,
      retry_after_seconds integer
    )
  )
  update messages
  set (state, reason, provider, provider_id, sent_at, attempts, try_at) = (
    select
      case
        when marked.outcome = 'accepted' then 'sent'
        when marked.outcome = 'refused' or too_late.is_so then 'failed'
        else 'due'
      end,
      case when marked.outcome <> 'accepted' then marked.reason end,
      coalesce(marked.provider, messages.provider),
      coalesce(marked.provider_id, messages.provider_id),
      case when marked.outcome = 'accepted' then coalesce(messages.sent_at, as_of) end,
      messages.attempts - case when marked.outcome = 'released' then 1 else 0 end,
      case
        when marked.outcome = 'released' then as_of + interval '1 minute'
        else as_of + coalesce(
          marked.retry_after_seconds * interval '1 second', least(15, 2 ^ (marked.attempt - 1)) * interval '1 minute'
        )
      end
    from marked
    cross join lateral (
      select marked.outcome = 'failed' and (
        messages.due_at <= as_of - interval '1 day'
        or messages.kind <> 'missed' and (
          select min((events.after ->> 'start_at')::timestamptz)
          from message_appointments about
          join events on events.appointment_id = about.appointment_id and events.number = about.to_event
          where about.message_id = messages.id
        ) <= as_of
      ) as is_so
    ) too_late
    where marked.message_id = messages.id
  )
  where messages.id = any (array(select marked.message_id from marked))
  and exists (
    select from marked
    where marked.message_id = messages.id
    and (marked.outcome = 'accepted' or messages.state = 'sending' and messages.attempts = marked.attempt)
  );
end;
--> statement-breakpoint
-- The patients that the facts of an event name: whose appointment it is, and who comes along. A merged record counts as the
-- one that took its place.
create or replace function patients_in(facts jsonb) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
return array(
  select distinct one.id
  from (
    select (facts ->> 'patient_id')::bigint as id
    union
    select companion.id::bigint from jsonb_array_elements_text(facts -> 'companion_ids') companion (id)
  ) named
  -- One by one: in a join, PostgreSQL would read some thousands of patients for one name.
  cross join lateral (
    select coalesce(patients.moved_to_id, patients.id) as id
    from patients
    where patients.id = named.id
    offset 0
  ) one
);
--> statement-breakpoint
-- Plans the reminders of the next day and a half, at most so many, in one transaction. Several appointments of a recipient on
-- one day have one, which goes out when the first of theirs should. Answers with how many it planned: there may be more as long
-- as that is `at_most`. May be done again at any time, and by two at once.
create or replace function plan_reminders(as_of timestamptz, at_most integer) returns integer
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  coming constant jsonb := (select jsonb_agg(reminder) from reminders_to_plan(as_of, at_most) reminder);
  planned integer := 0;
  one record;
begin
  -- Only now, so that nobody waits for the search.
  perform pg_advisory_xact_lock(hashtext('plan messages'));
  for one in
    select *
    from jsonb_to_recordset(coming) reminder (
      appointment_id bigint, event_count integer, patient_id bigint, recipient text, account_id bigint, days_before smallint,
      cause text, due_at timestamptz
    )
  loop
    insert into messages (
      kind, cause, recipient, account_id, patient_id, days_before, due_at, try_at, created_at
    )
    values (
      'reminder', one.cause, one.recipient, one.account_id, one.patient_id, one.days_before, one.due_at, one.due_at, as_of
    )
    on conflict (cause, recipient) do nothing;
    if not found then
      update messages
      set due_at = one.due_at, try_at = one.due_at
      where cause = one.cause
      and recipient = one.recipient
      and (state = 'due') is true
      and greatest(as_of, one.due_at) < messages.due_at;
    end if;
    insert into message_appointments (message_id, appointment_id, from_event, to_event)
    select id, one.appointment_id, one.event_count, one.event_count
    from messages
    where cause = one.cause
    and recipient = one.recipient
    -- Not an index of what is due: all reminders of a day may be.
    and (state = 'due') is true
    on conflict do nothing;
    planned := planned + 1;
  end loop;
  return planned;
end
$$;
--> statement-breakpoint
-- Reminders that come due within a day and a half and are not planned yet, of at most so many appointments: for each recipient,
-- local day and number of days before. None follows within twelve hours of what was last told of the time, and none comes
-- twelve hours late.
--
-- Reads appointments by their start until it has found enough; who gets them is asked only of those.
create or replace function reminders_to_plan(as_of timestamptz, at_most integer) returns table (
  appointment_id bigint, event_count integer, patient_id bigint, recipient text, account_id bigint, days_before smallint,
  cause text, due_at timestamptz
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with coming as materialized (
    select
      one.id, one.event_count, one.start_at, one.patient_id, location.time_zone, wanted.days, planned.cause,
      planned.at as planned_at
    from appointments one
    join locations location on location.id = one.location_id
    left join visit_types visit on visit.id = one.visit_type_id
    cross join lateral unnest(coalesce(visit.reminder_days, '{3,1}')) wanted (days)
    cross join lateral (select one.start_at at time zone location.time_zone as start_at) local
    cross join lateral (
      select
        (local.start_at - wanted.days * interval '1 day') at time zone location.time_zone as at,
        'reminder:' || wanted.days || ':' || local.start_at::date as cause
    ) planned
    where one.start_at > as_of
    -- Clocks may be set back in between; those without a visit type are reminded three days before, too.
    and one.start_at < as_of + (
      select interval '39 hours' + greatest(max(days), 3) * interval '24 hours'
      from visit_types
      cross join lateral unnest(reminder_days) days
    )
    and one.status = 'booked'
    and one.patient_id is not null
    and not coalesce(visit.is_silent, false)
    and planned.at between as_of - interval '12 hours' and as_of + interval '36 hours'
    and not exists (
      select from message_appointments about
      where about.appointment_id = one.id
      -- By the message's id, as many have the same cause; and in its order, which only the primary key has. While there are
      -- few messages, PostgreSQL would as soon skip through another index that ends with the id.
      and (
        select messages.cause
        from messages
        where messages.id >= about.message_id
        order by messages.id
        limit 1
      ) = planned.cause
    )
    and not exists (
      select from events
      where events.appointment_id = one.id
      and events.at > planned.at - interval '12 hours'
      and events.kind in (
        'appointment.booked', 'appointment.rescheduled', 'appointment.confirmed', 'appointment.reassigned',
        'appointment.visit_type_changed'
      )
      and not (
        events.kind = 'appointment.reassigned'
        -- Two records became one.
        and patients_in(events.before) @> patients_in(events.after)
      )
    )
    order by one.start_at, one.id
    limit at_most
  )
  select
    coming.id, coming.event_count, person.id, reader.recipient, reader.account_id, coming.days, coming.cause,
    allowed_at(coming.planned_at, as_of, coming.start_at, coming.time_zone)
  from coming
  cross join lateral unnest(array[coming.patient_id] || array(
    select - claim.resource_id from claims claim where claim.appointment_id = coming.id and claim.part = 'companion'
  )) person (id)
  cross join lateral recipients_of(person.id, null, as_of) reader
  -- One by one: as `not exists`, PostgreSQL would read all messages at once.
  where coalesce(
    (
      select messages.state
      from messages
      where messages.cause = coming.cause
      and messages.recipient = reader.recipient
    ),
    'due'
  ) = 'due'
  order by coming.planned_at, coming.id;
end;

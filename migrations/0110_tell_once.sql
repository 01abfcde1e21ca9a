-- The appointments whose events in the outbox are ready, at most so many, and from which to which event. What the clinic or
-- another system did is not ready as long as more of the same has just been done for the patient. What was planned earlier
-- but waits for the end of the quiet hours is told together with what has happened since.
create or replace function changes_to_tell(as_of timestamptz, at_most integer) returns table (
  appointment_id bigint, from_event integer, to_event integer, ready_at timestamptz
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select ready.appointment_id, least(
    (select min(number) from outbox where outbox.appointment_id = ready.appointment_id),
    (
      select min(about.from_event)
      from message_appointments about
      join messages on messages.id = about.message_id
      where about.appointment_id = ready.appointment_id
      and messages.kind <> 'reminder'
      and messages.state = 'due'
      and messages.due_at > as_of
      and not exists (
        select from message_appointments other
        join messages sent on sent.id = other.message_id
        where other.appointment_id = about.appointment_id
        and other.to_event >= about.from_event
        and sent.kind <> 'reminder'
        and (sent.state <> 'due' or sent.due_at <= as_of)
        and sent.reason is distinct from 'overtaken'
      )
    )
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
    order by max(one.ready_at)
    -- What was done together is told together.
    fetch first (at_most) rows with ties
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

  update messages
  set state = 'skipped', reason = 'overtaken'
  where id in (
    select about.message_id
    from jsonb_to_recordset(changes) one (appointment_id bigint, from_event integer, to_event integer)
    join message_appointments about on about.appointment_id = one.appointment_id
    where about.from_event >= one.from_event
    and about.to_event < one.to_event
  )
  and kind <> 'reminder'
  and state = 'due'
  and not exists (
    select from message_appointments other
    where other.message_id = messages.id
    and not exists (
      select from jsonb_to_recordset(changes) one (appointment_id bigint, from_event integer, to_event integer)
      where one.appointment_id = other.appointment_id
      and other.from_event >= one.from_event
      and other.to_event < one.to_event
    )
  );

  delete from message_appointments about
  using messages, jsonb_to_recordset(changes) one (appointment_id bigint, from_event integer, to_event integer)
  where about.appointment_id = one.appointment_id
  and about.from_event >= one.from_event
  and about.to_event < one.to_event
  and messages.id = about.message_id
  and messages.kind <> 'reminder'
  and messages.state = 'due';

  delete from outbox
  using jsonb_to_recordset(changes) one (appointment_id bigint, to_event integer)
  where outbox.appointment_id = one.appointment_id
  and outbox.number <= one.to_event;
  return jsonb_array_length(changes);
end
$$;
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
    and not (
      events.kind = 'appointment.reassigned'
      -- Two records became one.
      and patients_in(events.before) @> patients_in(events.after)
    )
  )
  order by coming.planned_at, coming.id
  limit at_most;
end;
--> statement-breakpoint
-- The appointments that a message is about, as it tells them, by start; with what makes telling them pointless now, or null.
-- A reminder tells what is true now, to those whose appointment it is now; anything else what the events say that it was sent
-- for.
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
        or not theirs.is_so
        or not starts_with(
          message.cause,
          'reminder:' || message.days_before || ':' || (one.start_at at time zone location.time_zone)::date
        )
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
    select exists (
      select from message_appointments later
      join messages other on other.id = later.message_id
      where later.appointment_id = one.id
      and other.recipient = message.recipient
      and other.kind <> 'reminder'
      and case
        -- It would remind of what was told within twelve hours.
        when message.kind = 'reminder'
          then other.kind in ('booked', 'moved')
          and (other.state = 'sending' or other.sent_at > as_of - interval '12 hours')
        else later.to_event > about.to_event
      end
    ) as is_so
  ) overtaken
  cross join lateral (
    select message.kind <> 'reminder' or exists (
      select from unnest(patients_in(people_in_facts(one.id) || jsonb_build_object('patient_id', one.patient_id))) person (id)
      cross join lateral recipients_of(person.id, null, as_of) reader
      where reader.recipient = message.recipient
    ) as is_so
  ) theirs
  cross join lateral (select max(outbox.ready_at) as until from outbox where outbox.appointment_id = one.id) pending
  where about.message_id = message.id;
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
    select (net.was ->> 'location_id')::bigint as before, (net.became ->> 'location_id')::bigint as now
  ) places
  cross join lateral (
    select
      account.id as account_id, null::bigint as location_id,
      account.doctor_id is null or account.doctor_id = any (doctors.before) as was_theirs,
      account.doctor_id is null or account.doctor_id = any (doctors.now) as is_theirs,
      coalesce(account.wanted_messages, case when account.role = 'doctor' then 'next_24_hours' else 'nothing' end) as wants
    from accounts account
    where account.role in ('doctor', 'front_desk', 'admin')
    and account.closed_at is null
    and account.id is distinct from net.account_id
    and (account.doctor_id is null or account.doctor_id = any (doctors.before || doctors.now))
    union all
    select
      null, location.id, coalesce(location.id = places.before, false), coalesce(location.id = places.now, false),
      location.wanted_messages
    from locations location
    where location.id in (places.before, places.now)
    and location.email is not null
  ) reader
  cross join lateral (
    select
      case when reader.was_theirs then net.stood else 'none' end as stood,
      case when reader.is_theirs then net.stands else 'none' end as stands
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

-- The reminders of an appointment that are not planned yet, and when each will go out as things are now.
create or replace function coming_reminders(of_appointment bigint, as_of timestamptz) returns table (
  days_before smallint, due_at text
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select wanted.days, in_utc(allowed_at(local.planned_at, as_of, one.start_at, location.time_zone))
  from appointments one
  join locations location on location.id = one.location_id
  left join visit_types visit on visit.id = one.visit_type_id
  cross join lateral unnest(coalesce(visit.reminder_days, '{3,1}')) wanted (days)
  cross join lateral (
    select
      ((one.start_at at time zone location.time_zone) - wanted.days * interval '1 day') at time zone location.time_zone
        as planned_at
  ) local
  where one.id = of_appointment
  and one.status = 'booked'
  and one.patient_id is not null
  and not coalesce(visit.is_silent, false)
  and local.planned_at > as_of
  and not exists (
    select from events
    where events.appointment_id = one.id
    and events.at > local.planned_at - interval '12 hours'
    and events.kind in (
      'appointment.booked', 'appointment.rescheduled', 'appointment.confirmed', 'appointment.reassigned',
      'appointment.visit_type_changed'
    )
  )
  and not exists (
    select from message_appointments about
    join messages on messages.id = about.message_id
    where about.appointment_id = one.id
    and messages.kind = 'reminder'
    and messages.days_before = wanted.days
    and starts_with(
      messages.cause, 'reminder:' || wanted.days || ':' || (one.start_at at time zone location.time_zone)::date
    )
  )
  order by wanted.days desc;
end;
--> statement-breakpoint
-- A message as the desk and the API show it: to whom it goes, about which appointments, and what became of it.
create or replace function describe_message(message messages) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select jsonb_build_object(
    'id', message.id,
    'kind', message.kind,
    'days_before', message.days_before,
    'state', message.state,
    'reason', message.reason,
    'recipient', message.recipient,
    'name', coalesce(location.name, nullif(account.name, ''), account.email, patient.name, ''),
    'channel', message.channel,
    'address', message.address,
    'language', message.language,
    'due_at', in_utc(message.due_at),
    'try_at', case when message.state in ('due', 'sending') then in_utc(message.try_at) end,
    'attempts', message.attempts,
    'provider', message.provider,
    'provider_id', message.provider_id,
    'sent_at', in_utc(message.sent_at),
    'delivered_at', in_utc(message.delivered_at),
    'appointments', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', one.id,
        'start_at', in_utc(one.start_at),
        'start_local', to_char(one.start_at at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
        'time_zone', place.time_zone,
        'doctor_name', doctor.name,
        'patient_id', who.id,
        'patient_name', who.name
      ) order by one.start_at, one.id), '[]')
      from message_appointments about
      join appointments one on one.id = about.appointment_id
      join doctors doctor on doctor.id = one.doctor_id
      join locations place on place.id = coalesce(one.location_id, doctor.location_id)
      left join patients who on who.id = one.patient_id
      where about.message_id = message.id
    )
  )
  from (select) nothing
  left join accounts account on account.id = message.account_id
  left join locations location on location.id = message.location_id
  left join patients patient on message.recipient = 'patient:' || message.patient_id and patient.id = message.patient_id;
end;
--> statement-breakpoint
-- Sends a message again at once. One that failed or was skipped becomes due again. Of one that was sent, a new one is made,
-- so that the record of the first stays. Answers null for an unknown message, else with `outcome`: resent, still_waiting or
-- would_be_skipped with the reason; and with the message as it is now.
--
-- Runs with the owner's rights: the Worker's database role may not write messages.
create or replace function resend_message(message_id bigint, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  message messages;
  against text;
  again bigint := message_id;
begin
  perform require_authority(acting);
  select * into message from messages where id = message_id for update;
  if message.id is null then
    return null;
  end if;
  if message.state in ('due', 'sending') then
    return jsonb_build_object('outcome', 'still_waiting', 'message', describe_message(message));
  end if;
  against := judge_sending(message, acting.as_of);
  if against is not null then
    return jsonb_build_object('outcome', 'would_be_skipped', 'reason', against, 'message', describe_message(message));
  end if;
  if message.state = 'sent' then
    insert into messages (
      kind, cause, recipient, account_id, patient_id, location_id, days_before, due_at, try_at, created_at
    )
    values (
      message.kind, message.cause || ':again:' || gen_random_uuid(), message.recipient, message.account_id,
      message.patient_id, message.location_id, message.days_before, acting.as_of, acting.as_of, acting.as_of
    )
    returning id into again;
    insert into message_appointments (message_id, appointment_id, from_event, to_event)
    select again, about.appointment_id, about.from_event, about.to_event
    from message_appointments about
    where about.message_id = message.id;
  else
    update messages
    set
      state = 'due',
      reason = null,
      due_at = acting.as_of,
      try_at = acting.as_of,
      -- The provider may remember what it refused under the old one.
      key = gen_random_uuid()
    where id = message.id;
  end if;
  return (
    select jsonb_build_object('outcome', 'resent', 'message', describe_message(messages))
    from messages
    where id = again
  );
end
$$;
--> statement-breakpoint
-- Stops a message that is due, for good. Answers null for an unknown message, else with `outcome`: stopped or not_waiting;
-- and with the message as it is now. One that is being sent at this moment cannot be stopped any more.
--
-- Runs with the owner's rights: the Worker's database role may not write messages.
create or replace function stop_message(message_id bigint, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  message messages;
begin
  perform require_authority(acting);
  update messages
  set state = 'skipped', reason = 'stopped'
  where id = message_id
  and state = 'due'
  returning * into message;
  if message.id is not null then
    return jsonb_build_object('outcome', 'stopped', 'message', describe_message(message));
  end if;
  return (
    select jsonb_build_object('outcome', 'not_waiting', 'message', describe_message(messages))
    from messages
    where id = message_id
  );
end
$$;
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
-- Why a message would be skipped if it were sent now, by whichever channel; null if nothing speaks against it.
create or replace function judge_sending(message messages, as_of timestamptz) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select case
    when about.are_told is not true then coalesce(about.pointless, 'changed')
    when exists (
      select from message_preferences choice
      where choice.recipient = message.recipient
      and choice.kind = message.kind
      and not choice.is_wanted
    ) then 'not_wanted'
    else (select reader.reason from addressee_of(message, '{email,whatsapp,sms}') reader)
  end
  from (
    select bool_or(one.pointless is null) as are_told, min(one.pointless) as pointless
    from appointments_in_message(message, as_of) one
  ) about;
end;

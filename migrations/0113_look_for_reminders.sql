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
    and one.start_at < as_of + (
      select interval '36 hours' + coalesce(max(days), 3) * interval '1 day'
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
      -- By the message's id: many have the same cause.
      and (select messages.cause from messages where messages.id = about.message_id) = planned.cause
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
  where not exists (
    select from messages
    where messages.cause = coming.cause
    and messages.recipient = reader.recipient
    and messages.state <> 'due'
  )
  order by coming.planned_at, coming.id;
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
      or case when starts_with(message.recipient, 'patient:') then person.id = (
        select coalesce(record.moved_to_id, record.id)
        from patients record
        where record.id = split_part(message.recipient, ':', 2)::bigint
      ) end
    ) as is_so
  ) theirs
  cross join lateral (select max(outbox.ready_at) as until from outbox where outbox.appointment_id = one.id) pending
  where about.message_id = message.id;
end;

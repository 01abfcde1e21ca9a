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

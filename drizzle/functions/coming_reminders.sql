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
    and not (
      events.kind = 'appointment.reassigned'
      -- Two records became one.
      and patients_in(events.before) @> patients_in(events.after)
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

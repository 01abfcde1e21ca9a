-- When the messages that wait to be sent go out once these locations are in another zone: reminders so many days before the
-- appointment on the new clock, and what waits for the end of the quiet hours until they end there.
create or replace function time_messages_anew(of_locations bigint[], new_zone text, as_of timestamptz) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  concerned as materialized (
    select distinct message.id
    from appointments one
    join message_appointments about on about.appointment_id = one.id
    join messages message on message.id = about.message_id
    where one.start_at > as_of - interval '26 hours'
    and one.location_id = any (of_locations)
    and message.state = 'due'
  ),
  timed as (
    select message.id, case
      when message.kind = 'reminder' then min(allowed_at(
        ((one.start_at at time zone clock.time_zone) - message.days_before * interval '1 day') at time zone clock.time_zone,
        as_of, one.start_at, clock.time_zone
      ))
      when message.due_at > as_of
        then greatest(as_of, (message.due_at at time zone min(location.time_zone)) at time zone min(clock.time_zone))
    end as due_at
    from concerned
    join messages message on message.id = concerned.id
    join message_appointments about on about.message_id = message.id
    join appointments one on one.id = about.appointment_id
    join locations location on location.id = one.location_id
    cross join lateral (
      select case when location.id = any (of_locations) then new_zone else location.time_zone end as time_zone
    ) clock
    group by message.id
  )
  update messages
  set
    due_at = timed.due_at,
    try_at = case when messages.try_at = messages.due_at then timed.due_at else messages.try_at end
  from timed
  where messages.id = timed.id
  and timed.due_at <> messages.due_at;
end;

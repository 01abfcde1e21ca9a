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

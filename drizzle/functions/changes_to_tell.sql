-- The appointments whose events in the outbox are ready, at most so many, and from which to which event. What the clinic or
-- another system did is not ready as long as more of the same has just been done for the patient.
create or replace function changes_to_tell(as_of timestamptz, at_most integer) returns table (
  appointment_id bigint, from_event integer, to_event integer, ready_at timestamptz
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select ready.appointment_id, (
    select min(number) from outbox where outbox.appointment_id = ready.appointment_id
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
    order by max(one.ready_at), one.appointment_id
    limit at_most
  ) ready;
end;

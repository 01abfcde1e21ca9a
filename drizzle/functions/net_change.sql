-- What some events of an appointment changed together, from the first to the last of them: what stood before, what stands
-- now, and who made the last of them. A corrected time zone moves nothing.
create or replace function net_change(of_appointment bigint, from_event integer, to_event integer) returns table (
  was jsonb, stood text, became jsonb, stands text, has_moved boolean, is_over boolean, kind text, at timestamptz,
  account_id bigint, request_id text
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select
    corrected.before, standing.stood, corrected.after, standing.stands,
    (corrected.before ->> 'start_at', corrected.before ->> 'end_at', corrected.before ->> 'doctor_id')
      is distinct from (corrected.after ->> 'start_at', corrected.after ->> 'end_at', corrected.after ->> 'doctor_id')
    or coalesce(corrected.before ->> 'location_id' <> corrected.after ->> 'location_id', false),
    case
      when standing.stands = 'none' then (corrected.before ->> 'start_at')::timestamptz
      -- A missed appointment is told of as long as people remember it.
      when standing.stands = 'missed' then (corrected.after ->> 'start_at')::timestamptz + interval '3 days'
      else (corrected.after ->> 'start_at')::timestamptz
    end <= last.at,
    last.kind, last.at, last.account_id, last.request_id
  from events first
  join events last on last.appointment_id = first.appointment_id and last.number = to_event
  cross join lateral (
    select
      as_corrected(first.before, of_appointment, from_event - 1) as before,
      as_corrected(last.after, of_appointment, to_event) as after
    offset 0
  ) corrected
  cross join lateral (
    select min(number) as number
    from events
    where events.appointment_id = of_appointment
    and events.kind = 'appointment.requested'
  ) requested
  cross join lateral (
    select
      standing_in(first.before, coalesce(requested.number < from_event, false)) as stood,
      standing_in(last.after, coalesce(requested.number <= to_event, false)) as stands
  ) standing
  where first.appointment_id = of_appointment
  and first.number = from_event;
end;

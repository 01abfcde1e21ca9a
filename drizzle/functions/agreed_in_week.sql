-- What the figures of a week count, at these locations or with one doctor: every appointment that was agreed and starts in
-- it, each location's week on its own clock. Holds and requests were not agreed.
--
-- A session has a row with its `capacity`, which takes the time, and one for each participant, who has a `session_id`.
-- `lead` is from the first event to the start; a walk-in has none. `with_doctor` ends with the last completion.
create or replace function agreed_in_week(monday date, place_ids bigint[], of_doctor bigint) returns table (
  id bigint, doctor_id bigint, location_id bigint, visit_type_id bigint, status text, start_at timestamptz,
  end_at timestamptz, capacity smallint, session_id bigint, day date, lead interval, waiting interval,
  with_doctor interval
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with week as (
    select
      location.id, location.time_zone,
      monday::timestamp at time zone location.time_zone as begins_at,
      (monday + 7)::timestamp at time zone location.time_zone as ends_at
    from locations location
    where location.id = any (place_ids)
  )
  select
    one.id, one.doctor_id, one.location_id, one.visit_type_id, one.status, one.start_at, one.end_at, one.capacity,
    one.session_id, (one.start_at at time zone week.time_zone)::date, begun.lead, one.started_at - one.arrived_at,
    done.at - one.started_at
  from appointments one
  join week on week.id = one.location_id
  left join lateral (
    select one.start_at - event.at as lead
    from events event
    where event.appointment_id = one.id
    and event.number = 1
    and event.kind <> 'appointment.walked_in'
    and one.capacity is null
  ) begun on true
  left join lateral (
    select max(event.at) as at
    from events event
    where event.appointment_id = one.id
    and event.kind = 'appointment.fulfilled'
    and one.status = 'fulfilled'
    and one.started_at is not null
  ) done on true
  where one.start_at >= (select min(begins_at) from week)
  and one.start_at < (select max(ends_at) from week)
  and one.start_at >= week.begins_at
  and one.start_at < week.ends_at
  and one.hold_expires_at is null
  and (of_doctor is null or one.doctor_id = of_doctor);
end;

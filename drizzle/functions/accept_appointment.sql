-- Records that the recipient of a message says they will come, at the start that they saw; again changes nothing. It counts as
-- long as the appointment starts then, so that nothing has to be undone when it moves.
--
-- Answers null when the recipient may not know of the appointment, else `accepted`, `already`, `moved` when it starts at another time by
-- now, `too_late` from its start on, `not_booked`, or `not_theirs` when they only come along.
--
-- Runs with the owner's rights: the Worker's database role may not write responses.
create or replace function accept_appointment(
  of_appointment bigint, recipient text, seen_start timestamptz, as_of timestamptz
) returns text
language sql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  judged as materialized (
    select
      case
        when (shown.told ->> 'is_companion')::boolean then 'not_theirs'
        when shown.told ->> 'status' <> 'booked' then 'not_booked'
        when (shown.told ->> 'start_at')::timestamptz <= as_of then 'too_late'
        when (shown.told ->> 'start_at')::timestamptz <> seen_start then 'moved'
        when exists (
          select from appointment_responses response
          where response.appointment_id = of_appointment
          and response.patient_id = (shown.told ->> 'patient_id')::bigint
          and response.start_at = seen_start
        ) then 'already'
        else 'accepted'
      end as outcome,
      (shown.told ->> 'patient_id')::bigint as patient_id
    from (select find_linked_appointment(of_appointment, recipient, as_of) as told) shown
    where shown.told is not null
  ),
  written as (
    insert into appointment_responses (appointment_id, patient_id, start_at, responded_at)
    select of_appointment, judged.patient_id, seen_start, as_of
    from judged
    where judged.outcome = 'accepted'
    on conflict (appointment_id)
    do update
    set patient_id = excluded.patient_id, start_at = excluded.start_at, responded_at = excluded.responded_at
    where (appointment_responses.patient_id, appointment_responses.start_at) <> (excluded.patient_id, excluded.start_at)
  )
  select judged.outcome from judged;
end;

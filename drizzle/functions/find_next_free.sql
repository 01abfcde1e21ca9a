-- After a refusal: whether the doctor and the patient are occupied at the time that was wanted, and the next time on that
-- day that suits everyone. No row when the wish names no possible time.
create or replace function find_next_free(wanted appointments, wish wish, acting acting) returns table (
  time_zone text, doctor_is_taken boolean, patient_is_busy boolean,
  next_start_at timestamptz, next_end_at timestamptz, next_start_local text, next_end_local text
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    asked.time_zone,
    is_claimed(asked.resource_id, tstzrange(asked.start_at, asked.end_at), acting.as_of),
    is_claimed(resource_of_patient(asked.patient_id), tstzrange(asked.start_at, asked.end_at), acting.as_of),
    next.start_at,
    next.start_at + (asked.end_at - asked.start_at),
    to_char(next.start_at at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    to_char((next.start_at + (asked.end_at - asked.start_at)) at time zone asked.time_zone, 'YYYY-MM-DD"T"HH24:MI')
  from (
    select *
    from read_wish(wanted, wish, acting) candidate
    where candidate.start_at < candidate.end_at
    and candidate.end_at - candidate.start_at <= interval '8 hours'
    offset 0 -- or PostgreSQL might search for a free time before it checks this
  ) asked
  cross join lateral (
    select tstzrange(
      greatest(asked.start_at, acting.as_of),
      greatest(
        asked.start_at,
        acting.as_of,
        ((asked.start_at at time zone asked.time_zone)::date + 1)::timestamp at time zone asked.time_zone
      )
    ) as during
  ) rest_of_day
  cross join lateral (
    select wanted_at(
      wanted, asked.doctor_id, asked.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
      asked.buffer_after_minutes
    ) as appointment
  ) possible
  cross join lateral (
    select blocked_time(
      array(
        select claim from claims_of(possible.appointment) claim where claim.part = 'patient'
        union all
        select claim from named_claims(possible.appointment, wish) claim
      ),
      rest_of_day.during, acting.as_of, null
    ) as during
  ) blocked
  cross join lateral (
    select case
      when acting.by_desk then next_gap_around(
        wanted_at(
          wanted, asked.doctor_id, wish.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
          asked.buffer_after_minutes
        ),
        blocked.during, rest_of_day.during, acting.as_of
      )
      else next_slot_around(
        asked.doctor_id, wish.location_id, asked.visit_type_id, blocked.during, rest_of_day.during, acting.as_of, null
      )
    end as start_at
  ) next
  order by next.start_at, asked.doctor_id
  limit 1;
end;

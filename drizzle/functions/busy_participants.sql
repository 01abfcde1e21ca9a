-- The participants of a session who cannot come along to this doctor and time, by the ids of their appointments in it. They or
-- someone who comes with them have something else then, or the doctor is there already, as their colleague.
create or replace function busy_participants(
  of_session bigint, to_doctor bigint, to_location bigint, asked tstzrange, as_of timestamptz
) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
return array(
  select participant.id
  from appointments participant
  cross join lateral (
    select
      is_claimed(resource_of_patient(participant.patient_id), asked, as_of, participant.id) as is_busy,
      array(select claim from other_claims_of(wanted_at(
        participant, to_doctor, to_location, lower(asked), upper(asked), participant.buffer_before_minutes,
        participant.buffer_after_minutes
      )) claim) as others
  ) moved
  where participant.session_id = of_session
  and participant.status not in ('cancelled', 'noshow')
  and (participant.hold_expires_at is null or participant.hold_expires_at > as_of)
  and (
    moved.is_busy
    or judge_attendance(moved.others, false, as_of, participant.id) is not null
    or exists (select from unnest(moved.others) other where other.doctor_id = to_doctor)
  )
  order by participant.id
);

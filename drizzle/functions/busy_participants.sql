-- The participants of a session who have something else at this time, by the ids of their appointments in it.
create or replace function busy_participants(of_session bigint, asked tstzrange, as_of timestamptz) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
return array(
  select participant.id
  from appointments participant
  where participant.session_id = of_session
  and participant.status not in ('cancelled', 'noshow')
  and (participant.hold_expires_at is null or participant.hold_expires_at > as_of)
  and is_claimed(resource_of_patient(participant.patient_id), asked, as_of, participant.id)
  order by participant.id
);

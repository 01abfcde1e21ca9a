-- The rules for moving a participant: only to another session of the same visit type that has a free place, and only if all who
-- come with them are free. They keep the old place until the new one is theirs. A request can be moved at any notice, and stays
-- a request. What has no session cannot be moved into one: book a place instead.
create or replace function judge_session_move(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when not (one.status = 'booked' or one.awaits_approval and one.hold_expires_at > acting.as_of) then 'wrong_status'
      when wanted.session_id is null then 'session_needed'
      when session.id is null then 'no_session'
      when one.session_id = session.id then 'already'
      when change.version <> one.event_count then 'stale'
      when one.session_id is null or one.visit_type_id <> session.visit_type_id then 'not_offered'
      when not acting.by_desk
      and not one.awaits_approval
      and one.start_at - visit.cancellation_notice_minutes * interval '1 minute' <= acting.as_of then 'too_late'
      else coalesce(
        judge_joining(session, acting),
        case
          when not acting.by_desk
          and session.start_at - visit.cancellation_notice_minutes * interval '1 minute' <= acting.as_of then 'short_notice'
          when wanted.place is null then 'session_full'
          when is_claimed(
            resource_of_patient(one.patient_id), tstzrange(session.start_at, session.end_at), acting.as_of, one.id
          ) then 'patient_busy'
        end,
        judge_attendance(
          array(select claim from other_claims_of(wanted_at(
            one, session.doctor_id, session.location_id, session.start_at, session.end_at, one.buffer_before_minutes,
            one.buffer_after_minutes
          )) claim),
          true, acting.as_of, one.id
        ) ->> 'verdict'
      )
    end,
    session.doctor_id, null, session.start_at, session.end_at, null, null, null, null, session.visit_type_id, session.location_id
  )::decision
  from appointments one
  left join visit_types visit on visit.id = one.visit_type_id
  left join appointments session on session.id = wanted.session_id and session.capacity is not null
  where one.id = wanted.id;
end;

-- The rules for taking part in a session: why a place is not held or booked; null when only a constraint can still refuse
-- it. Answers in the columns of `judge_beginning`: a participant has the session's doctor, place and time, and no buffers,
-- because the session keeps them free once for all. The caller has locked the session and looked for a free place.
create or replace function judge_participant(wanted appointments, wish wish, acting acting) returns table (
  verdict text, doctor_id bigint, location_id bigint, visit_type_id bigint, start_at timestamptz, end_at timestamptz,
  buffer_before_minutes smallint, buffer_after_minutes smallint
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    case
      when session.id is null then 'no_session'
      when patient.id is null and wanted.patient_id is not null then 'no_patient'
      when judge_patient(patient.id, null, acting) = 'patient_inactive' then 'patient_inactive'
      else coalesce(
        judge_joining(session, acting),
        case when holds_too_many(wanted, wish, acting) then 'too_many_holds' end,
        judge_account(wanted, acting),
        case
          when wanted.status <> 'pending'
          and judge_patient(patient.id, session.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
        end,
        case when wanted.place is null then 'session_full' end
      )
    end,
    session.doctor_id, session.location_id, session.visit_type_id, session.start_at, session.end_at, 0::smallint, 0::smallint
  from (values (wanted.session_id, wanted.patient_id)) asked (session_id, patient_id)
  left join appointments session on session.id = asked.session_id and session.capacity is not null
  left join patients patient on patient.id = asked.patient_id and patient.erased_at is null;
end;

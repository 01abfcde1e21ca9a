-- The rules for giving an appointment another visit type: those of a move that keeps the start, and these.
-- * The doctor offers it; a patient gets only what can be booked online.
-- * Nothing becomes a session or a place in one by this, and these keep their type.
-- * Once it is booked, a patient cannot give it a type that needs approval: declined, it would be lost.
create or replace function judge_visit_type(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when own.verdict is null then judge_move(wanted, change, acting)
    else row(own.verdict, null, null, null, null, null, null, null, null, null, null)::decision
  end
  from appointments one
  cross join lateral (
    select case
      when one.status <> 'booked' and not one.awaits_approval then null
      when coalesce(one.capacity, one.session_id) is not null then 'session_needed'
      when one.visit_type_id = wanted.visit_type_id then null
      when visit_type_is_group(wanted.visit_type_id) then 'session_needed'
      when not exists (select from visit_terms(one.doctor_id, null, wanted.visit_type_id, acting.by_desk, acting.as_of))
        then 'not_offered'
      when one.status = 'booked' and not acting.by_desk
      and exists (select from visit_types where id = wanted.visit_type_id and requires_approval) then 'approval_needed'
      when judge_patient(one.patient_id, wanted.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
    end as verdict
    offset 0
  ) own
  where one.id = wanted.id;
end;

-- The first slot inside the window at which the patient is free too, at one of the doctor's locations or any; null when there is none.
create or replace function next_slot(
  of_doctor bigint, at_location bigint, of_visit_type bigint, of_patient bigint, within tstzrange, as_of timestamptz,
  except_for bigint
) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(slot.start_at)
  from open_slots(of_doctor, at_location, of_visit_type, within, false, as_of, except_for) slot
  where not exists (
    select from claims
    where resource_id = resource_of_patient(of_patient)
    and during && tstzrange(slot.start_at, slot.end_at)
    and (expires_at is null or expires_at > as_of)
    and (except_for is null or appointment_id <> except_for)
  );
end;

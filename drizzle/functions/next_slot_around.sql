-- The first slot inside the window that lies outside what is blocked, at one of the doctor's locations or any; null when there
-- is none.
create or replace function next_slot_around(
  of_doctor bigint, at_location bigint, of_visit_type bigint, blocked tstzmultirange, within tstzrange, as_of timestamptz,
  except_for bigint
) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(slot.start_at)
  from open_slots(of_doctor, at_location, of_visit_type, within, false, as_of, except_for) slot
  where not blocked && tstzrange(slot.start_at, slot.end_at);
end;

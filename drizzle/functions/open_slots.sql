-- The starts inside the window that can be booked, at one of the doctor's locations or, without one, at any. The booking
-- pages list them, and a booking asks for the window [start, start], so both follow the same rules.
--
-- `load` is the number of the doctor's appointments on that day. It is only counted when the caller reads it, or when the
-- visit type has a daily cap.
create or replace function open_slots(
  of_doctor bigint, at_location bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint
) returns table (start_at timestamptz, end_at timestamptz, load bigint, location_id bigint)
language sql
stable
begin atomic
  select slot.*
  from open_slots_without(
    of_doctor, at_location, of_visit_type, within, by_desk, as_of, except_for, null
  ) slot;
end;

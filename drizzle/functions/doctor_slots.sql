-- The starts inside the window at which a doctor is free, whether or not the other needs of the visit type can be met then:
-- at one of the doctor's locations or, without one, at any. `open_slots` asks for the needs, too, and so does a search, which
-- looks once at each location for all of its doctors.
--
-- `load` is the number of the doctor's appointments on that day. It is only counted when the caller reads it, or when the
-- visit type has a daily cap.
create or replace function doctor_slots(
  of_doctor bigint, at_location bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint
) returns table (start_at timestamptz, end_at timestamptz, load bigint, location_id bigint)
language sql
stable
begin atomic
  select slot.*
  from doctor_slots_without(
    of_doctor, at_location, of_visit_type, within, by_desk, as_of, except_for, null
  ) slot;
end;

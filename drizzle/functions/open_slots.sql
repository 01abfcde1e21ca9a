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
  from doctor_locations work
  cross join lateral (
    select case when exists (select from visit_type_needs where visit_type_id = of_visit_type) then (
      select starts_with_needs(
        of_visit_type, work.location_id, within, visit.minutes * interval '1 minute', doctor.resource_id, as_of,
        except_for
      )
      from doctors doctor
      join visit_types visit on visit.id = of_visit_type
      where doctor.id = of_doctor
    ) end as starts
    offset 0
  ) needs
  cross join lateral doctor_slots(
    of_doctor, work.location_id, of_visit_type, within, by_desk, as_of, except_for
  ) slot
  where work.doctor_id = of_doctor
  and (at_location is null or work.location_id = at_location)
  and (needs.starts is null or needs.starts @> slot.start_at);
end;

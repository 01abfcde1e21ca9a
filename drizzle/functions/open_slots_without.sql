-- `open_slots` as if the rules named in `left_out` did not exist. Its own one is `needs`.
create or replace function open_slots_without(
  of_doctor bigint, at_location bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint, left_out text[]
) returns table (start_at timestamptz, end_at timestamptz, load bigint, location_id bigint)
language sql
stable
begin atomic
  select slot.*
  from doctor_locations work
  cross join lateral (
    select case when exists (
      select from visit_type_needs where visit_type_id = of_visit_type and (left_out is null or 'needs' <> all (left_out))
    ) then (
      select starts_with_needs_without(
        of_visit_type, work.location_id, within, visit.minutes * interval '1 minute', doctor.resource_id, as_of,
        except_for, left_out
      )
      from doctors doctor
      join visit_types visit on visit.id = of_visit_type
      where doctor.id = of_doctor
    ) end as starts
    offset 0
  ) needs
  cross join lateral doctor_slots_without(
    of_doctor, work.location_id, of_visit_type, within, by_desk, as_of, except_for, left_out
  ) slot
  where work.doctor_id = of_doctor
  and (at_location is null or work.location_id = at_location)
  and (needs.starts is null or needs.starts @> slot.start_at);
end;

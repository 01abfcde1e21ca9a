-- `doctor_slots` as if the rules named in `left_out` did not exist.
create or replace function doctor_slots_without(
  of_doctor bigint, at_location bigint, of_visit_type bigint, within tstzrange, by_desk boolean, as_of timestamptz,
  except_for bigint, left_out text[]
) returns table (start_at timestamptz, end_at timestamptz, load bigint, location_id bigint)
language sql
stable
begin atomic
  select slot.start_at, slot.start_at + stretch.lasting, stretch.load, stretch.location_id
  from doctor_stretches(
    of_doctor, at_location, of_visit_type, within, by_desk, as_of, except_for, left_out
  ) stretch
  cross join lateral generate_series(
    date_bin(stretch.step, lower(stretch.piece) + stretch.step - interval '1 microsecond', stretch.begins_at),
    upper(stretch.piece) - stretch.lasting,
    stretch.step
  ) as slot (start_at)
  where slot.start_at < stretch.ends_at
  and within @> slot.start_at
  and slot.start_at < stretch.latest
  and (
    stretch.is_plain
    or date_bin(stretch.grid, slot.start_at at time zone stretch.time_zone, timestamp '2000-01-01')
      = slot.start_at at time zone stretch.time_zone
  );
end;

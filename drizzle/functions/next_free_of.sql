-- The first time from then on, on one of the next thirty days, at which a doctor has their shortest slot free at a
-- location; null when there is none. Days are looked at one after another, because mostly one of the first has it.
create or replace function next_free_of(of_doctor bigint, at_location bigint, from_at timestamptz, as_of timestamptz)
returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select lower(piece.during)
  from doctors doctor
  cross join generate_series(0, 29) day
  cross join lateral free_time(
    of_doctor, at_location,
    tstzrange(from_at + day * interval '24 hours', from_at + (day + 1) * interval '24 hours'),
    interval '0', interval '0', as_of, null
  ) free
  cross join lateral unnest(free.during) piece (during)
  where doctor.id = of_doctor
  and upper(piece.during) - lower(piece.during) >= doctor.grid_minutes * interval '1 minute'
  order by day, lower(piece.during)
  limit 1;
end;

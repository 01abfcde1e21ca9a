-- Why a start is not among `open_slots`; null when it is, or when the doctor does not offer the visit type.
create or replace function judge_slot(
  of_doctor bigint, at_location bigint, of_visit_type bigint, wanted_start timestamptz, by_desk boolean,
  as_of timestamptz, except_for bigint
) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when wanted_start < as_of then 'in_the_past'
    when not open_time.during @> asked.during then 'outside_hours'
    when wanted_start < terms.earliest then 'short_notice'
    when wanted_start >= terms.latest then 'beyond_horizon'
    when date_bin(terms.grid, asked.local_start, timestamp '2000-01-01') <> asked.local_start then 'off_grid'
    when load.of_that_type >= terms.daily_cap then 'day_full'
    when not free_time.during @> asked.during then 'slot_taken'
    when exists (select from visit_type_needs where visit_type_id = of_visit_type) and not (
      select starts_with_needs(
        of_visit_type, terms.location_id, tstzrange(wanted_start, wanted_start, '[]'), terms.lasting,
        doctor.resource_id, as_of, except_for
      )
      from doctors doctor
      where doctor.id = of_doctor
    ) @> wanted_start then 'slot_taken'
  end
  from visit_terms(of_doctor, at_location, of_visit_type, by_desk, as_of) terms
  cross join lateral (
    select
      wanted_start at time zone terms.time_zone as local_start,
      tstzrange(wanted_start, wanted_start + terms.lasting) as during
    offset 0
  ) asked
  cross join lateral open_time(of_doctor, at_location, asked.during)
  cross join lateral free_time(
    of_doctor, at_location, asked.during, terms.buffer_before, terms.buffer_after, as_of, except_for
  )
  cross join lateral load_within(
    of_doctor, of_visit_type, local_day(wanted_start, terms.time_zone), as_of, except_for
  ) load;
end;

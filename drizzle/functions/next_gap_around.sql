-- The first whole minute inside the window at which an appointment like this one fits into the free time of its doctor, at its
-- location or any of theirs, outside what is blocked and when its needs can be met; null when there is none.
create or replace function next_gap_around(
  wanted appointments, blocked tstzmultirange, within tstzrange, as_of timestamptz
) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(gap.start_at)
  from doctor_locations work
  cross join lateral free_time(
    work.doctor_id, work.location_id, within, wanted.buffer_before_minutes * interval '1 minute',
    wanted.buffer_after_minutes * interval '1 minute', as_of, wanted.id
  ) free
  cross join lateral (
    select wanted.end_at - wanted.start_at as lasting, case
      when exists (select from visit_type_needs where visit_type_id = wanted.visit_type_id) then starts_with_needs(
        wanted.visit_type_id, work.location_id, within, wanted.end_at - wanted.start_at,
        (select resource_id from doctors where id = wanted.doctor_id), as_of, wanted.id
      )
      else '{(,)}'
    end as starts
    offset 0
  ) asked
  cross join lateral unnest(free.during - blocked) as piece
  cross join lateral unnest(case
    when upper(piece) - lower(piece) >= asked.lasting
      then tstzmultirange(tstzrange(lower(piece), upper(piece) - asked.lasting, '[]')) * asked.starts
  end) as able
  cross join lateral (
    select date_trunc('minute', lower(able) + interval '59.999999 seconds') as start_at
  ) gap
  where work.doctor_id = wanted.doctor_id
  and (wanted.location_id is null or work.location_id = wanted.location_id)
  and able @> gap.start_at;
end;

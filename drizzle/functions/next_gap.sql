-- The first whole minute inside the window at which an appointment of this length fits into the free time of both doctor
-- and patient; null when there is none.
create or replace function next_gap(
  of_doctor bigint, of_patient bigint, within tstzrange,
  lasting interval, buffer_before interval, buffer_after interval, as_of timestamptz,
  except_for bigint default null
) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select min(gap.start_at)
  from free_time(of_doctor, within, buffer_before, buffer_after, as_of, except_for) free
  cross join lateral unnest(free.during - (
    select coalesce(range_agg(claim.during), '{}')
    from claims claim
    where claim.resource_id = resource_of_patient(of_patient)
    and claim.during && within
    and (claim.expires_at is null or claim.expires_at > as_of)
    and (except_for is null or claim.appointment_id <> except_for)
  )) as piece
  cross join lateral (
    select date_trunc('minute', lower(piece) + interval '59.999999 seconds') as start_at
  ) gap
  where upper(piece) - gap.start_at >= lasting;
end;

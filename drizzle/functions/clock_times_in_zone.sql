-- The appointments of today and ahead at these locations that would be at another instant if their clock time were kept in
-- another zone, with that instant. A clock time that a night skips or repeats there is read as everywhere (see `instant_at`);
-- `exists_there` is false when it is skipped. Nobody sees a released hold again, so it stays where it was.
create or replace function clock_times_in_zone(of_locations bigint[], new_zone text, as_of timestamptz)
returns table (id bigint, moves_to timestamptz, exists_there boolean)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.id, there.start_at, there.start_at at time zone new_zone = clock.start_at
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  cross join lateral (select one.start_at at time zone location.time_zone as start_at) clock
  cross join lateral (select clock.start_at at time zone new_zone as start_at) there
  where location.id = any (of_locations)
  -- From today's midnight there, which may be more than a day ago where it comes twice.
  and one.start_at > as_of - interval '26 hours'
  and clock.start_at >= (as_of at time zone location.time_zone)::date
  and there.start_at <> one.start_at
  and not (one.status = 'cancelled' and one.hold_expires_at is not null);
end;

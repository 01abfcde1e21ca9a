-- What a corrected time zone of these locations concerns: how many appointments, sessions and holds ahead would be at another
-- instant or at another clock time, of how many patients, and the first three with what either choice makes of them.
create or replace function concerned_by_zone(of_locations bigint[], new_zone text, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with ahead as materialized (
    select one.*, clock.moves_to, location.time_zone
    from clock_times_in_zone(of_locations, new_zone, as_of) clock
    join appointments one on one.id = clock.id
    join locations location on location.id = location_of(one)
    where still_stands(one, as_of)
    and one.end_at > as_of
  )
  select jsonb_build_object(
    'appointment_count', count(*) filter (where capacity is null and (status <> 'pending' or awaits_approval)),
    'session_count', count(*) filter (where capacity is not null),
    'hold_count', count(*) filter (where status = 'pending' and not awaits_approval),
    'patient_count', count(distinct patient_id),
    'examples', (
      select coalesce(jsonb_agg(example.shown order by example.start_at, example.id), '[]')
      from (
        select ahead.id, ahead.start_at, jsonb_build_object(
          'appointment_id', ahead.id,
          'doctor_name', doctor.name,
          'patient_name', patient.name,
          'now', start_in_zone(ahead.start_at, ahead.time_zone),
          'clock_time', start_in_zone(ahead.moves_to, new_zone),
          'instant', start_in_zone(ahead.start_at, new_zone)
        ) as shown
        from ahead
        join doctors doctor on doctor.id = ahead.doctor_id
        left join patients patient on patient.id = ahead.patient_id
        order by ahead.start_at, ahead.id
        limit 3
      ) example
    )
  )
  from ahead;
end;

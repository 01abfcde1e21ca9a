-- When, where and with whom an appointment is by the facts of an event, with the names as they are now. Events from before
-- places were recorded took place at the doctor's first location.
create or replace function occasion_in(facts jsonb) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select jsonb_build_object(
    'start_at', in_utc(time.start_at),
    'end_at', in_utc(time.end_at),
    'start_local', to_char(time.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'end_local', to_char(time.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'doctor_name', doctor.name,
    'location', jsonb_build_object(
      'id', location.id, 'name', location.name, 'time_zone', location.time_zone, 'address', location.address,
      'phone', location.phone, 'directions', location.directions
    )
  )
  from (
    select (facts ->> 'start_at')::timestamptz as start_at, (facts ->> 'end_at')::timestamptz as end_at
  ) time
  join doctors doctor on doctor.id = (facts ->> 'doctor_id')::bigint
  join locations location on location.id = coalesce((facts ->> 'location_id')::bigint, doctor.location_id);
end;

-- What an event says about an appointment, with names and on the location's clock, for the clinic's own people.
create or replace function facts_in_words(facts jsonb, time_zone text) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case when facts is not null then jsonb_build_object(
    'status', facts ->> 'status',
    'start_local', to_char((facts ->> 'start_at')::timestamptz at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'end_local', to_char((facts ->> 'end_at')::timestamptz at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    'doctor', (select name from doctors where id = (facts ->> 'doctor_id')::bigint),
    'location', (select name from locations where id = (facts ->> 'location_id')::bigint),
    'visit_type', (select name from visit_types where id = (facts ->> 'visit_type_id')::bigint),
    'patient', (select name from patients where id = (facts ->> 'patient_id')::bigint),
    'rooms', (
      select coalesce(jsonb_agg(room.name order by room.sort_order, room.id), '[]')
      from jsonb_array_elements_text(coalesce(facts -> 'room_ids', '[]')) taken (id)
      join resources room on room.id = taken.id::bigint
    )
  ) end;
end;

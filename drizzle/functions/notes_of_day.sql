-- The notes that a location shows at this moment, the oldest first, with who wrote them.
create or replace function notes_of_day(at_location bigint, as_of timestamptz) returns table (
  id bigint, text text, written_by text, expires_at timestamptz, expires_local text
)
language sql
stable
rows 10
set plan_cache_mode to force_generic_plan
begin atomic
  select
    note.id, note.text, writer.name, note.expires_at,
    to_char(note.expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI')
  from day_notes note
  join locations location on location.id = note.location_id
  left join accounts writer on writer.id = note.written_by
  where note.location_id = at_location
  and note.expires_at > as_of
  and note.cleared_at is null
  order by note.written_at, note.id;
end;

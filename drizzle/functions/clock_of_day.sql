-- A row of `days_from` for JSON: in minutes since 1970, and its first minute on the clock, which a gap at midnight moves.
create or replace function clock_of_day(
  day date, begins_at timestamptz, ends_at timestamptz, changes_at timestamptz, shift interval, time_zone text
) returns json
language sql
stable
return json_build_object(
  'date', day, 'start', epoch_minutes(begins_at), 'end', epoch_minutes(ends_at),
  'first_minute', extract(epoch from (begins_at at time zone time_zone)::time)::integer / 60,
  'changes', epoch_minutes(changes_at), 'shift', coalesce(extract(epoch from shift)::integer / 60, 0)
);

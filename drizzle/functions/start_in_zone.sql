-- A start as the API and pages show it: the instant, and the clock time in a zone.
create or replace function start_in_zone(start_at timestamptz, time_zone text) returns jsonb
language sql
stable
parallel safe
return jsonb_build_object(
  'start_at', in_utc(start_at),
  'start_local', to_char(start_at at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI'),
  'time_zone', time_zone
);

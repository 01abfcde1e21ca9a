-- Ranges of time as pairs of minutes since 1970, in order. They must be bounded.
create or replace function ranges_in_minutes(during tstzmultirange) returns json
language sql
immutable
return (
  select coalesce(json_agg(json_build_array(epoch_minutes(lower(piece)), epoch_minutes(upper(piece)))), '[]')
  from unnest(during) piece
);

-- How many minutes these ranges last together.
create or replace function minutes_in(during tstzmultirange) returns integer
language sql
immutable
return (
  select coalesce(floor(sum(extract(epoch from upper(piece) - lower(piece))) / 60), 0)::integer
  from unnest(during) piece
);

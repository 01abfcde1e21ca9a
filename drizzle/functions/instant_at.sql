-- Reads a time as a client wrote it. With an offset it is an instant; without one it is on the wall clock of the zone.
-- A time inside a spring gap moves forward (02:30 is 03:30). A time that comes twice in autumn is the later one.
create or replace function instant_at(written text, time_zone text) returns timestamptz
language sql
stable
strict
return case
  when written ~ '(Z|[+-]\d\d:\d\d)$' then written::timestamptz
  else written::timestamp at time zone time_zone
end;

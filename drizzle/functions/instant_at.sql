-- A time as somebody wrote it: with an offset it is an instant already, without one it is read off the
-- wall clock of the zone. In a spring gap the clock counts on (02:30 is 03:30); in an autumn fold the
-- later of the two instants is meant, as PostgreSQL has it.
create or replace function instant_at(written text, time_zone text) returns timestamptz
language sql stable strict
return case
  when written ~ '(Z|[+-]\d\d:\d\d)$' then written::timestamptz
  else written::timestamp at time zone time_zone
end;

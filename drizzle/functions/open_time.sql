-- When a doctor sees patients at a location inside the window: weekly hours there without time off and closures, whether
-- booked or not. No row once the doctor is retired or the location closed for good.
create or replace function open_time(of_doctor bigint, at_location bigint, within tstzrange) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select during from open_time_without(of_doctor, at_location, within, null);
end;

-- When a room or device can be used inside the window: its hours, or always when it has none, without its absences and the
-- closures of its location, whether it is taken or not. No row once it, or its location, is no longer in use. Clock times
-- are read as in `open_time`.
create or replace function open_time_of_resource(of_resource bigint, within tstzrange) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select during from open_time_of_resource_without(of_resource, within, null);
end;

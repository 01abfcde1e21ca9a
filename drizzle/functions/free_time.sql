-- Where an appointment at a location with these buffers fits inside the window: open time there without the time that is
-- claimed. Each claim brings its own buffers, and one at another location the way from and to it. That of an expired hold
-- counts for nothing, and neither do those of `except_for`, the appointment that is being moved.
create or replace function free_time(
  of_doctor bigint, at_location bigint, within tstzrange, buffer_before interval, buffer_after interval,
  as_of timestamptz, except_for bigint
) returns table (during tstzmultirange)
language sql
stable
begin atomic
  select during
  from free_time_without(of_doctor, at_location, within, buffer_before, buffer_after, as_of, except_for, null);
end;

-- The time that a claim takes, `[)`: the appointment's with what comes before and after. Null unless the status occupies
-- time. This is the only place that says which statuses do.
create or replace function claimed_time(
  status text, start_at timestamptz, end_at timestamptz, before_minutes integer, after_minutes integer
) returns tstzrange
language sql
stable
parallel safe
return case when status in ('pending', 'booked', 'arrived', 'fulfilled') then tstzrange(
  start_at - before_minutes * interval '1 minute', end_at + after_minutes * interval '1 minute', '[)'
) end;

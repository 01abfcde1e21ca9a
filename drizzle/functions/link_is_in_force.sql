-- Whether a link with this end still lets its account act. It ends when that day begins at the first of the clinic's
-- locations, by local clocks. Most links end never, or not around now, and then no location is read.
create or replace function link_is_in_force(ends_on date, as_of timestamptz) returns boolean
language sql
stable
begin atomic
  select case
    when ends_on is null or ends_on > (as_of at time zone 'UTC')::date + 1 then true
    when ends_on < (as_of at time zone 'UTC')::date then false
    else as_of < coalesce(
      (select min(ends_on::timestamp at time zone time_zone) from locations),
      ends_on::timestamp at time zone 'UTC'
    )
  end;
end;

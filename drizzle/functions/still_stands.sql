-- Whether somebody still expects an appointment to take place: it is booked, or they are here, or it is held.
create or replace function still_stands(one appointments, as_of timestamptz) returns boolean
language sql
stable
return one.status in ('booked', 'arrived') or one.status = 'pending' and one.hold_expires_at > as_of;

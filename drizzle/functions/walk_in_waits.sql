-- Whether a walk-in still waits for a time: they did not leave, and have no appointment, or theirs was cancelled again.
create or replace function walk_in_waits(one walk_ins) returns boolean
language sql
stable
return one.left_at is null and (
  one.appointment_id is null
  or exists (select from appointments where id = one.appointment_id and status = 'cancelled')
);

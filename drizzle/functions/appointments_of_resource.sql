-- The appointments that take a room or device at any of this time, minutes before and after included, and that still stand.
-- They are named when it is put out of use.
create or replace function appointments_of_resource(of_resource bigint, within tstzrange, as_of timestamptz)
returns setof appointments
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.*
  from appointments one
  where one.id = any (array(select with_participants(array(
    select claim.appointment_id
    from claims claim
    where claim.resource_id = of_resource
    and claim.during && within
  ))))
  and still_stands(one, as_of);
end;

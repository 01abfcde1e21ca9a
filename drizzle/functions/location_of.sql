-- Where an appointment takes place; one from before that was stored, at its doctor's first location.
create or replace function location_of(one appointments) returns bigint
language sql
stable
return coalesce(one.location_id, (select location_id from doctors where id = one.doctor_id));

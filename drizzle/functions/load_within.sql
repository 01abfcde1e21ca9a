-- How many appointments of a doctor start inside the window: in total, and of one visit type. A session counts once: its
-- participants start when it does, and nothing else of the doctor can.
create or replace function load_within(
  of_doctor bigint, of_visit_type bigint, within tstzrange, as_of timestamptz, except_for bigint default null
) returns table (appointments bigint, of_that_type bigint)
language sql
stable
begin atomic
  select count(distinct start_at), count(distinct start_at) filter (where visit_type_id = of_visit_type)
  from appointments
  where doctor_id = of_doctor
  and start_at >= lower(within)
  and start_at < upper(within)
  and not isempty(doctor_occupied)
  and (hold_expires_at is null or hold_expires_at > as_of)
  and (except_for is null or id <> except_for);
end;

-- Notes that an appointment stays as it is although something is in its way, or takes that back. Answers with its location, and
-- whether that changed anything; with nothing when it is not on the person's list.
create or replace function keep_stranded(of_appointment bigint, keeps boolean, acting acting)
returns table (location_id bigint, is_changed boolean)
language sql
volatile
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  found as materialized (
    select seen.id as location_id, one.start_at, what_strands(one) as why
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join places_of_staff(acting) seen on seen.id = coalesce(one.location_id, doctor.location_id)
    where one.id = of_appointment
  ),
  changed as (
    update strandings noted
    set
      stays_why = case when keeps then found.why end,
      stays_start_at = case when keeps then found.start_at end,
      stays_by = case when keeps then acting.account_id end,
      stays_at = case when keeps then acting.as_of end
    from found
    where noted.appointment_id = of_appointment
    and (noted.stays_why, noted.stays_start_at) is distinct from (
      case when keeps then found.why end, case when keeps then found.start_at end
    )
    returning noted.appointment_id
  )
  select found.location_id, exists (select from changed)
  from found
  where exists (select from strandings noted where noted.appointment_id = of_appointment);
end;

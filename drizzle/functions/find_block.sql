-- Where and when one entry of a doctor's time off is: one of their locations and the local date on which it begins. Nothing when
-- there is none, or it is none of the person's business.
create or replace function find_block(of_time_off bigint, acting acting)
returns table (location_id bigint, starts_on date)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select seen.id, off.starts_at::date
  from time_off off
  join doctor_locations work on work.doctor_id = off.doctor_id
  join places_of_staff(acting) seen on seen.id = work.location_id
  where off.id = of_time_off
  and (off.location_id is null or off.location_id = seen.id)
  and (acting.by_desk or off.doctor_id = acting.doctor_id)
  order by seen.id
  limit 1;
end;

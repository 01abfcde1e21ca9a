-- Why the clinic did not confirm an appointment, which the patient reads; null unless it declined.
create or replace function decline_reason(one appointments) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
return case when one.status = 'cancelled' then (
  select reason from events
  where appointment_id = one.id
  and kind = 'appointment.declined'
  limit 1
) end;

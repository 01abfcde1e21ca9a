-- Empties everything that people wrote about these appointments: why they came, why the front desk made an exception, notes,
-- and the reasons of their events. Times, statuses and the chains of events stay, and still verify. Not for the Worker's database
-- role, which may not write these tables: only functions that erase or forget call it.
create or replace function empty_reasons(of_appointments bigint[]) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  one bigint;
begin
  for one in select id from appointments where id = any (of_appointments) order by id for no key update loop
    perform commit_old_reasons(one);
  end loop;
  update events
  set reason = null, reason_salt = null
  where appointment_id = any (of_appointments)
  and reason is not null;
  update appointments
  set reason_for_visit = null, override_reason = null, note = null
  where id = any (of_appointments)
  and (reason_for_visit is not null or override_reason is not null or note is not null);
end
$$;

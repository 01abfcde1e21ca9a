-- Takes someone whom the account acts for out of an appointment to which they come along. The appointment stays.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function leave_appointment(of_appointment bigint, companion bigint, acting acting) returns void
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  perform require_authority(acting);
  perform require_patient(companion, acting);
  perform replace_companion(of_appointment, companion, null, null, acting);
end
$$;

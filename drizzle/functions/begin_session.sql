-- Begins a session: an appointment without a patient, which claims the doctor for everyone who will take part. Judged and
-- recorded as the front desk's bookings are.
--
-- Runs with the owner's rights, like `begin_appointment`, which checks the actor.
create or replace function begin_session(wanted appointments, wish wish, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  -- One that is of no group is refused, with any capacity.
  wanted.capacity := coalesce(wanted.capacity, (select capacity from visit_types where id = wanted.visit_type_id), 1);
  return begin_appointment(wanted, wish, acting);
end
$$;

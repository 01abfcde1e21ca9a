-- Records that others take part in an appointment than those of the `former` facts. The caller has locked the appointment and
-- changed its claims.
create or replace function record_people(before appointments, former jsonb, reason text, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  event events;
begin
  event := with_former_people(next_event(before, before, 'appointment.people_changed', reason, acting), former);
  update appointments
  set event_count = event.number, last_event_hash = event.hash
  where id = before.id;
  perform append_event(event);
end
$$;

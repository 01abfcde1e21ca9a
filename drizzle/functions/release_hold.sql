-- Ends a hold, or a request that the clinic did not decide in time, that the caller has locked. When it had expired, the clock
-- ended it, and not the person who is acting.
create or replace function release_hold(of_hold bigint, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before appointments;
  after appointments;
  event events;
begin
  select * into before from appointments where id = of_hold;
  after := before;
  after.status := 'cancelled';
  if before.awaits_approval then
    -- It is listed among the cancelled appointments.
    after.awaits_approval := false;
    after.hold_expires_at := null;
  end if;
  if before.hold_expires_at <= acting.as_of then
    acting.actor_kind := 'system';
    acting.account_id := null;
    acting.api_key_id := null;
    acting.location_ids := null;
  end if;
  event := next_event(
    before, after, case when before.awaits_approval then 'appointment.lapsed' else 'appointment.released' end, null, acting
  );
  update appointments
  set
    status = after.status,
    awaits_approval = after.awaits_approval,
    hold_expires_at = after.hold_expires_at,
    event_count = event.number,
    last_event_hash = event.hash
  where id = of_hold;
  perform append_event(event);
end
$$;

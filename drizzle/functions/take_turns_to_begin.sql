-- Locks what a wish needs before it can be judged, in six steps:
-- 1. waits for other bookings of the same account,
-- 2. for others who choose rooms, devices and colleagues for the same days, and
-- 3. for bookings of a visit type with a daily cap, so that each counts those before it;
-- 4. waits for time off or a closure that is being entered;
-- 5. waits for other bookings of people who are on the way between locations, because no constraint sees that;
-- 6. locks the session that is to be joined, so that each gets another place, and nobody one in a session that is being
--    cancelled or moved.
-- Most bookings need only a few of the steps, and do not pay for the others.
create or replace function take_turns_to_begin(wanted appointments, wish wish, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  chooses constant boolean := wish.resource_ids is not null or exists (
    select from visit_type_needs where visit_type_id = wanted.visit_type_id or wanted.visit_type_id is null
  );
begin
  perform take_turns_by_account(acting);
  if chooses then
    perform take_turns_for_needs(array_agg(asked.location_id), array_agg(tstzrange(asked.start_at, asked.end_at)))
    from read_wish(wanted, wish, acting) asked
    where asked.start_at < asked.end_at
    and (wish.resource_ids is not null or exists (
      select from visit_type_needs where visit_type_id = asked.visit_type_id
    ));
  end if;
  if has_cap(wanted) then
    perform take_turns_for_caps(wanted, wish);
  end if;
  perform pg_advisory_xact_lock_shared(hashtext('absences'));
  if exists (select from travel_times) then
    perform take_turns_to_travel(array(
      select doctor.resource_id
      from doctors doctor
      where doctor.id = any (wish.colleague_ids || wanted.doctor_id)
      union all
      select doctor.resource_id
      from doctor_visit_types offer
      join doctors doctor on doctor.id = offer.doctor_id
      where wanted.doctor_id is null
      and offer.visit_type_id = wanted.visit_type_id
      union all
      select doctor.resource_id
      from visit_type_needs need
      join doctors doctor on doctor.role = need.role
      where need.visit_type_id = wanted.visit_type_id
    ));
  end if;
  if wanted.session_id is not null then
    perform lock_sessions(wanted);
  end if;
end
$$;

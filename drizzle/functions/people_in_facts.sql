-- What an event says about everyone and everything that an appointment takes besides its doctor and its patient, by what they
-- are, such as `room_ids`; nothing when there is none, so that its hash is that of one from before. Events from before needs
-- were recorded name fewer.
create or replace function people_in_facts(of_appointment bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_object_agg(part || '_ids', ids), '{}')
  from (
    select part, jsonb_agg(coalesce(doctor_id, abs(resource_id)) order by coalesce(doctor_id, abs(resource_id))) as ids
    from claims
    where appointment_id = of_appointment
    and part not in ('doctor', 'patient')
    group by part
  ) taken;
end;

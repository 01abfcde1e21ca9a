-- What an event says about the others who were named; nothing when there are none, so that its hash is that of one from before.
create or replace function people_in_facts(of_appointment bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select
    case when count(doctor_id) > 0 then jsonb_build_object(
      'colleague_ids', jsonb_agg(doctor_id order by doctor_id) filter (where part = 'colleague')
    ) else '{}' end
    || case when count(*) filter (where part = 'companion') > 0 then jsonb_build_object(
      'companion_ids', jsonb_agg(- resource_id order by - resource_id) filter (where part = 'companion')
    ) else '{}' end
  from claims
  where appointment_id = of_appointment
  and part in ('colleague', 'companion')
  and need_id is null;
end;

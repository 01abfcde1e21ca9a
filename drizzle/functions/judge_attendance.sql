-- The first of these colleagues, companions, rooms and devices that are not free at the time that the claims name: a verdict
-- and who or what it is. Null when all are. Another appointment is in the way of everyone, and with `checks_hours` a colleague
-- must also see patients there then, and a room or device must be in use.
create or replace function judge_attendance(
  asked claims[], checks_hours boolean, as_of timestamptz, except_for bigint default null
) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select jsonb_build_object(
    'verdict', judged.verdict,
    'doctor_id', claim.doctor_id,
    'patient_id', case when claim.part = 'companion' then - claim.resource_id end,
    'resource_id', case when claim.part = any (array['room', 'device']) then claim.resource_id end,
    'part', claim.part,
    'name', case claim.part
      when 'companion' then (select name from patients where id = - claim.resource_id)
      when 'colleague' then (select name from doctors where id = claim.doctor_id)
      else (select name from resources where id = claim.resource_id)
    end
  )
  from unnest(asked) claim
  cross join lateral (
    select case
      when claim.part = 'colleague' and checks_hours and not is_open_time(claim.doctor_id, claim.location_id, tstzrange(
        lower(claim.during) + claim.before_minutes * interval '1 minute',
        upper(claim.during) - claim.after_minutes * interval '1 minute'
      )) then 'outside_hours'
      when claim.part = any (array['room', 'device']) and checks_hours and not coalesce((
        select open.during @> claim.during from open_time_of_resource(claim.resource_id, claim.during) open
      ), false) then 'resource_taken'
      when not is_claimed(claim.resource_id, claim.during, as_of, except_for)
      and not (
        claim.part = 'colleague'
        and is_on_the_way(claim.resource_id, claim.location_id, claim.during, as_of, except_for)
      ) then null
      when claim.part = 'companion' then 'patient_busy'
      else 'resource_taken'
    end as verdict
  ) judged
  where claim.part = any (array['colleague', 'companion', 'room', 'device'])
  and judged.verdict is not null
  order by claim.part, claim.resource_id
  limit 1;
end;

-- Why an appointment cannot take place as it stands: its location is closed, someone who takes part is away, busy, retired
-- or there at other hours, or cannot meet a need any more, or a room or device is out of use. A list with a kind, a name and
-- until when; empty when nothing is in its way. In a reserve the front desk books, so it strands nobody.
create or replace function what_strands(one appointments) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  place as materialized (
    select location.id, location.name, location.time_zone, location.is_active
    from doctors doctor
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    where doctor.id = one.doctor_id
  ),
  claim as materialized (
    select taken.*
    from claims taken
    where taken.appointment_id = coalesce(one.session_id, one.id)
    and taken.part = any (array['colleague', 'room', 'device'])
  ),
  person as materialized (
    select doctor.id, doctor.name, asked.during, doctor.is_active and exists (
      select from doctor_locations work
      where work.doctor_id = doctor.id
      and work.location_id = place.id
    ) as is_here
    from place
    cross join lateral (
      select one.doctor_id, tstzrange(one.start_at, one.end_at) as during
      union all
      -- Who meets a need must be there for the minutes around it, too.
      select claim.doctor_id, case when claim.need_id is not null then claim.during else tstzrange(
        lower(claim.during) + claim.before_minutes * interval '1 minute',
        upper(claim.during) - claim.after_minutes * interval '1 minute'
      ) end
      from claim
      where claim.part = 'colleague'
    ) asked
    join doctors doctor on doctor.id = asked.doctor_id
  ),
  reason as (
    select 'location_closed' as kind, place.id, place.name, null::timestamptz as until
    from place
    where not place.is_active
    union all
    select 'closure', closure.id, coalesce(closure.reason, place.name), closure.ends_at at time zone place.time_zone
    from place
    join closures closure on closure.location_id = place.id
    where closure.ends_at > (one.start_at at time zone place.time_zone) - interval '1 day'
    and tstzrange(one.start_at, one.end_at) && tstzrange(
      closure.starts_at at time zone place.time_zone,
      greatest(closure.starts_at at time zone place.time_zone, closure.ends_at at time zone place.time_zone)
    )
    union all
    select 'doctor_gone', person.id, person.name, null
    from person
    where not person.is_here
    union all
    select
      off.kind, off.id, case off.kind when 'block' then coalesce(off.reason, person.name) else person.name end,
      off.ends_at at time zone place.time_zone
    from place
    cross join person
    join time_off off on off.doctor_id = person.id
    where off.kind <> 'reserve'
    and (off.location_id is null or off.location_id = place.id)
    and off.ends_at > (lower(person.during) at time zone place.time_zone) - interval '1 day'
    and person.during && tstzrange(
      off.starts_at at time zone place.time_zone,
      greatest(off.starts_at at time zone place.time_zone, off.ends_at at time zone place.time_zone)
    )
    union all
    select 'hours', person.id, person.name, null
    from place
    cross join person
    cross join lateral hours_of_doctor(person.id, place.id, person.during) hours
    where person.is_here
    and not hours.during @> person.during
    union all
    select 'need', colleague.id, colleague.name, null
    from claim
    join visit_type_needs need on need.id = claim.need_id
    join doctors colleague on colleague.id = claim.doctor_id
    where claim.part = 'colleague'
    and (colleague.role <> need.role or colleague.specialty <> need.specialty)
    union all
    select 'need', thing.id, thing.name, null
    from claim
    join visit_type_needs need on need.id = claim.need_id
    join resources thing on thing.id = claim.resource_id
    where claim.part <> 'colleague'
    and thing.kind <> all (need.kinds)
    union all
    select 'resource', thing.id, thing.name, null
    from claim
    join resources thing on thing.id = claim.resource_id
    where claim.part <> 'colleague'
    and not coalesce((
      select open.during @> claim.during from open_time_of_resource(claim.resource_id, claim.during) open
    ), false)
  )
  select coalesce(jsonb_agg(
    jsonb_strip_nulls(jsonb_build_object(
      'kind', reason.kind, 'id', reason.id, 'name', reason.name,
      'until', to_char(reason.until at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI')
    ))
    order by reason.kind, reason.id
  ), '[]')
  from reason
  cross join place;
end;

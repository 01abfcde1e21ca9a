-- Which appointments a change of a series is about, by how much it moves them on the wall clock, and why it is refused as a
-- whole. What has begun, is over or was cancelled is not among them.
create or replace function judge_series_change(
  of_series bigint, from_appointment bigint, with_following boolean, wanted appointments, change change, acting acting
) returns table (verdict text, ids bigint[], shift interval)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    case
      when first.id is null then 'no_series'
      when change.version <> chosen.version then 'stale'
      when chosen.ids = '{}' and (change.event <> 'appointment.cancelled' or first.status <> 'cancelled') then 'wrong_status'
    end,
    chosen.ids,
    coalesce(
      case when change.starts like '%Z' then change.starts::timestamptz at time zone place.time_zone
        else change.starts::timestamp
      end - first.start_at at time zone place.former_time_zone,
      interval '0'
    )
  from (values (from_appointment)) named (id)
  left join appointments first on first.id = named.id and first.series_id = of_series
    and is_in_reach(first.location_id, acting)
  left join lateral (
    select location.time_zone, former.time_zone as former_time_zone
    from doctors doctor
    join locations location on location.id = doctor.location_id
    cross join locations former
    where doctor.id = coalesce(wanted.doctor_id, first.doctor_id)
    and former.id = first.location_id
  ) place on true
  cross join lateral (
    select
      coalesce(sum(one.event_count), 0) as version,
      coalesce(array_agg(one.id order by one.start_at) filter (
        where one.status = 'booked'
        and one.start_at > acting.as_of
        and (one.id = first.id or with_following and one.start_at >= first.start_at)
      ), '{}') as ids
    from appointments one
    where one.series_id = of_series
  ) chosen;
end;

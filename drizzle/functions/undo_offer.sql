-- The person's own last change, if it can still be undone and no message about it has gone out; null otherwise. A change of
-- several appointments at once is not offered, because each would have to be undone by itself.
create or replace function undo_offer(acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  lately as materialized (
    select
      event.*, event.at + settings.grace_seconds * interval '1 second' as told_at
    from clinic_settings settings
    join events event on event.at > acting.as_of - settings.grace_seconds * interval '1 second'
    where settings.id
    and event.account_id = acting.account_id
  ),
  own as materialized (
    select *
    from lately
    order by id desc
    limit 1
  )
  select jsonb_build_object(
    'id', one.id, 'version', one.event_count, 'kind', own.kind, 'patient', patient.name,
    'seconds', ceil(extract(epoch from own.told_at - acting.as_of))::integer,
    'told_local', (
      select to_char(max(waiting.ready_at) at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI')
      from outbox waiting
      where waiting.appointment_id = one.id
      and waiting.ready_at > acting.as_of
    )
  )
  from own
  join appointments one on one.id = own.appointment_id
  join locations location on location.id = location_of(one)
  left join patients patient on patient.id = one.patient_id
  cross join lateral (select last_change(one.id) as event offset 0) last
  where (last.event).id = own.id
  and is_in_reach(location.id, acting)
  and not exists (select from lately where lately.at = own.at and lately.appointment_id <> own.appointment_id)
  and judge_undo(one, row_before(one, last.event), last.event, null, acting) is null;
end;

-- What `conflicts_in_zone` found, as JSON: the first hundred by start, each with who takes part and what it is in conflict
-- with; and how many there are.
create or replace function named_conflicts(conflicts jsonb) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  conflict as materialized (
    select found.reason, one.id, one.start_at, found.other_id
    from jsonb_to_recordset(conflicts) found (id bigint, reason text, other_id bigint)
    join appointments one on one.id = found.id
  ),
  shown as (
    select conflict.start_at, conflict.id, conflict.other_id, jsonb_build_object(
      'reason', conflict.reason,
      'appointment', named_appointment(conflict.id),
      'other', named_appointment(conflict.other_id)
    ) as entry
    from conflict
    order by conflict.start_at, conflict.id, conflict.other_id
    limit 100
  )
  select jsonb_build_object(
    'conflict_count', (select count(*) from conflict),
    'conflicts', coalesce(jsonb_agg(entry order by start_at, id, other_id), '[]')
  )
  from shown;
end;

-- Who of the colleagues and companions that a wish names cannot come at that time; see `judge_attendance`.
create or replace function find_missing_person(wanted appointments, wish wish, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select judge_attendance(
    array(
      select claim
      from named_claims(
        wanted_at(
          wanted, asked.doctor_id, asked.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
          asked.buffer_after_minutes
        ),
        wish
      ) claim
    ),
    wanted.override_reason is null, acting.as_of
  )
  from read_wish(wanted, wish, acting) asked
  where asked.start_at < asked.end_at
  order by asked.doctor_id
  limit 1;
end;

-- Who or what keeps a wish from being met at that time: someone or something that it names (see `judge_attendance`), or for the
-- front desk a need of its visit type that nothing meets.
create or replace function find_missing_person(wanted appointments, wish wish, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(
    judge_attendance(named.claims, wanted.override_reason is null, acting.as_of),
    case when acting.by_desk then unmet_need(possible.appointment, named.claims, acting.as_of) end
  )
  from read_wish(wanted, wish, acting) asked
  cross join lateral (
    select jsonb_populate_record(
      wanted_at(
        wanted, asked.doctor_id, asked.location_id, asked.start_at, asked.end_at, asked.buffer_before_minutes,
        asked.buffer_after_minutes
      ),
      jsonb_build_object('visit_type_id', asked.visit_type_id)
    ) as appointment
    offset 0
  ) possible
  cross join lateral (
    select array(select claim from named_claims(possible.appointment, wish) claim) as claims
  ) named
  where asked.start_at < asked.end_at
  and asked.end_at - asked.start_at <= interval '8 hours'
  order by asked.doctor_id
  limit 1;
end;

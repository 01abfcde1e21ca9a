-- Who or what keeps an appointment from becoming this row: someone or something that comes with it, or for the front desk a
-- need that nothing meets.
create or replace function find_missing(one appointments, change change, checks_hours boolean, acting acting) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(
    judge_attendance(kept.claims, checks_hours, acting.as_of, one.id),
    case when acting.by_desk then unmet_need(one, kept.claims, acting.as_of) end
  )
  from (select array(select claim from claims_to_keep(one, change) claim) as claims) kept;
end;

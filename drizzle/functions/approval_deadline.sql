-- Until when the clinic has to confirm what is booked now; null when it is booked at once, as everything is by the front desk.
create or replace function approval_deadline(of_visit_type bigint, start_at timestamptz, acting acting) returns timestamptz
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select least(acting.as_of + visit.approval_hours * interval '1 hour', start_at)
  from visit_types visit
  where visit.id = of_visit_type
  and visit.requires_approval
  and not acting.by_desk
);

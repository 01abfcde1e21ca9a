-- Why nobody may join this session, or not this actor; null when they may, if it has a place. The front desk books online
-- or not, at any notice.
create or replace function judge_joining(session appointments, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when session.status <> 'booked' then 'wrong_status'
    when not (visit.is_active and doctor.is_active and location.is_active) then 'not_offered'
    when not acting.by_desk and not (visit.bookable_online and doctor.is_listed and location.is_listed) then 'not_offered'
    when session.start_at < acting.as_of then 'in_the_past'
    when acting.by_desk then null
    when session.start_at < acting.as_of + visit.notice_minutes * interval '1 minute' then 'short_notice'
    when session.start_at >= ((acting.as_of at time zone location.time_zone)::date + visit.horizon_days + 1)::timestamp
      at time zone location.time_zone then 'beyond_horizon'
  end
  from visit_types visit
  join doctors doctor on doctor.id = session.doctor_id
  join locations location on location.id = coalesce(session.location_id, doctor.location_id)
  where visit.id = session.visit_type_id;
end;

-- Why an account may not hold or book one appointment more, counted over all its patients; null when it may. Only what was
-- booked online counts, and none of this binds the front desk. Callers take turns first (`lock_to_begin`,
-- `lock_to_change`), so that each counts those before it.
create or replace function judge_account(wanted appointments, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when wanted.status = 'pending'
    and wanted.patient_id is not null
    and case when account.is_new then settings.most_holds_in_first_hour else settings.most_holds end <= (
      select count(*)
      from account_patients mine
      join appointments hold on hold.patient_id = mine.patient_id
      where mine.account_id = account.id
      and hold.start_at > acting.as_of - interval '8 hours'
      and hold.status = 'pending'
      and hold.hold_expires_at > acting.as_of
    ) then 'too_many_holds'
    when case
      when account.is_new then settings.most_open_appointments_in_first_hour
      when exists (
        select from account_patients mine
        join appointments visit on visit.patient_id = mine.patient_id
        where mine.account_id = account.id
        and visit.start_at < acting.as_of + interval '1 day'
        and visit.status = any (array['arrived', 'fulfilled'])
      ) then settings.most_open_appointments_after_visit
      else settings.most_open_appointments
    end <= (
      select count(*)
      from account_patients mine
      join appointments open on open.patient_id = mine.patient_id
      where mine.account_id = account.id
      and open.start_at > acting.as_of - interval '8 hours'
      and open.end_at > acting.as_of
      and open.status = any (array['booked', 'arrived'])
      and exists (
        select from events
        where events.appointment_id = open.id
        and events.kind = 'appointment.booked'
        and events.actor_kind = 'patient'
      )
    ) then 'too_many_appointments'
  end
  from clinic_settings settings
  cross join (
    select id, created_at > acting.as_of - interval '1 hour' as is_new
    from accounts
    where id = acting.account_id
    and not acting.by_desk
  ) account
  where settings.id;
end;

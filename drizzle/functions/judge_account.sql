-- Why an account may not hold or book one appointment more, counted over all its patients; null when it may. Only what was
-- booked online counts, and none of this binds the front desk. Callers take turns first (`lock_to_begin`,
-- `lock_to_change`), so that each counts those before it.
create or replace function judge_account(wanted appointments, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when wanted.status = 'pending' and wanted.patient_id is not null and count_holds(account.id, acting.as_of) >= case
      when account.is_new then settings.most_holds_in_first_hour
      else settings.most_holds
    end then 'too_many_holds'
    -- Most bookings are below every limit, and need not look into the past.
    when open.many >= least(
      settings.most_open_appointments_in_first_hour,
      settings.most_open_appointments,
      settings.most_open_appointments_after_visit
    )
    and open.many >= case
      when account.is_new then settings.most_open_appointments_in_first_hour
      when has_attended(account.id, acting.as_of) then settings.most_open_appointments_after_visit
      else settings.most_open_appointments
    end then 'too_many_appointments'
  end
  from clinic_settings settings
  cross join (
    select id, created_at > acting.as_of - interval '1 hour' as is_new
    from accounts
    where id = acting.account_id
    and not acting.by_desk
  ) account
  cross join lateral (
    select count(*) as many
    from appointments booked
    where booked.patient_id = any (array(select patient_id from account_patients where account_id = account.id))
    and booked.start_at > acting.as_of - interval '8 hours'
    and booked.end_at > acting.as_of
    and (
      booked.status = any (array['booked', 'arrived'])
      or booked.awaits_approval and booked.hold_expires_at > acting.as_of
    )
    and exists (
      select from events
      where events.appointment_id = booked.id
      and events.kind = any (array['appointment.booked', 'appointment.requested'])
      and events.actor_kind = 'patient'
      offset 0 -- or a plan made while there were few events would read all of them
    )
  ) open
  where settings.id;
end;

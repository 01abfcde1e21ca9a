-- How many slots are held for the patients of an account.
create or replace function count_holds(of_account bigint, as_of timestamptz) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select count(*)
  from appointments hold
  where hold.patient_id = any (array(select patient_id from account_patients where account_id = of_account))
  and hold.start_at > as_of - interval '8 hours'
  and hold.status = 'pending'
  and hold.hold_expires_at > as_of
);
--> statement-breakpoint
-- Whether a patient of the account has come to an appointment.
create or replace function has_attended(of_account bigint, as_of timestamptz) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
return exists (
  select from appointments visit
  where visit.patient_id = any (array(select patient_id from account_patients where account_id = of_account))
  and visit.start_at < as_of + interval '1 day'
  and visit.status = any (array['arrived', 'fulfilled'])
);
--> statement-breakpoint
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
    and booked.status = any (array['booked', 'arrived'])
    and exists (
      select from events
      where events.appointment_id = booked.id
      and events.kind = 'appointment.booked'
      and events.actor_kind = 'patient'
      offset 0 -- or a plan made while there were few events would read all of them
    )
  ) open
  where settings.id;
end;
--> statement-breakpoint
-- Locks what a wish needs before it can be judged, in four steps:
-- 1. waits for other bookings of the same account, and
-- 2. for those of a visit type with a daily cap, so that each counts those before it;
-- 3. waits for time off or a closure that is being entered;
-- 4. locks expired holds that are in the way or would count, and the browser's other hold: it has one at a time. They are
--    found once for all doctors who may be meant, and checked again when they are locked.
--
-- Answers with the ids of these holds, which the caller releases.
create or replace function lock_to_begin(wanted appointments, wish wish, acting acting) returns bigint[]
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select take_turns_by_account(acting);

  select
  from doctor_visit_types offer
  join visit_types visit on visit.id = offer.visit_type_id
  join doctors doctor on doctor.id = offer.doctor_id
  where visit.daily_cap is not null
  and (wanted.visit_type_id is null or visit.id = wanted.visit_type_id)
  and offer.doctor_id = any (
    case when wanted.doctor_id is not null then array[wanted.doctor_id] else array(
      select doctor_id from doctor_visit_types where visit_type_id = wanted.visit_type_id
    ) end
  )
  and (wish.location_id is null or doctor.location_id = wish.location_id)
  and (wish.specialty is null or doctor.specialty = wish.specialty)
  order by offer.doctor_id, offer.visit_type_id
  for no key update of offer;

  select pg_advisory_xact_lock_shared(hashtext('absences'));

  with
  asked as materialized (
    -- Two hours on either side leave room for the longest buffers.
    select *, tstzrange(least(start_at, end_at) - interval '2 hours', end_at + interval '2 hours') as around
    from find_candidates(wanted, wish, acting)
  ),
  locked as (
    select hold.id
    from appointments hold
    where (
      hold.status = 'pending' and hold.hold_expires_at <= acting.as_of
      or hold.status = 'pending' and hold.stranger_id = wanted.stranger_id
    )
    and hold.id = any (array(
      -- A hold that no longer counts has to go, or a request whose clock is a little behind might still book or extend
      -- it. Holds of others from the same network address stay: their owners may still book them late.
      select hold.id
      from asked
      join appointments hold on hold.doctor_id = asked.doctor_id
      where hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      and (
        (asked.daily_cap is not null and hold.visit_type_id = asked.visit_type_id)
        or hold.doctor_occupied && asked.around
      )
      union all
      select hold.id
      from appointments hold
      where hold.patient_id = wanted.patient_id
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      and (wanted.status = 'pending' or exists (select from asked where hold.doctor_occupied && asked.around))
      union all
      select hold.id
      from appointments hold
      where hold.patient_id = any (
        array(select patient_id from account_patients where account_id = acting.account_id)
      )
      and wanted.status = 'pending'
      and not acting.by_desk
      and hold.start_at > acting.as_of - interval '8 hours'
      and hold.status = 'pending'
      and hold.hold_expires_at <= acting.as_of
      union all
      select hold.id
      from appointments hold
      where hold.status = 'pending'
      and hold.stranger_id = wanted.stranger_id
      and not exists (
        select from asked
        where asked.doctor_id = hold.doctor_id
        and asked.visit_type_id is not distinct from hold.visit_type_id
        and asked.start_at = hold.start_at
        and asked.end_at = hold.end_at
      )
    ))
    order by id
    for update
  )
  select array(select id from locked);
end;

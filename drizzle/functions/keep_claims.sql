-- Trigger: keeps the claims of an appointment in step with its row, whatever wrote it. A function that begins an appointment
-- takes its claims first, to be told without an error when one is refused.
--
-- Runs with the owner's rights, so that a role that writes appointments needs no right to claims. `pg_temp` comes last,
-- or a caller's temporary tables would stand in for the clinic's.
create or replace function keep_claims() returns trigger
language plpgsql
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  -- Only `keep_clock_times` says so, which moves thousands at once and compares them itself.
  if current_setting('clinic.claims_are_kept', true) = 'yes' then
    return null;
  end if;
  if tg_op = 'INSERT' then
    if not exists (select from claims where appointment_id = new.id) then
      insert into claims select claim.* from claims_of(new) claim order by claim.resource_id;
    end if;
  else
    perform renew_claims(new.id, array(
      select case when former.resource_id is null then claim else row(
        claim.appointment_id, former.resource_id, claim.part, claim.doctor_id, claim.need_id, claim.before_minutes,
        claim.after_minutes, claim.location_id, claim.during, claim.expires_at
      )::claims end
      from claims_of(new) claim
      -- What was over when its doctor and another became one person keeps the resource it had.
      left join claims former
        on former.appointment_id = claim.appointment_id
        and former.part = 'doctor'
        and former.doctor_id = claim.doctor_id
        and former.during = claim.during
      union all
      select claim from other_claims_of(new) claim
    ));
  end if;
  return null;
end
$$;

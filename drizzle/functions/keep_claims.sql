-- Trigger: keeps the claims of an appointment in step with its row, whatever wrote it. A function that begins an appointment
-- takes its claims first, to be told without an error when one is refused.
--
-- Runs with the owner's rights: whoever may write an appointment's row need not be able to write claims. `pg_temp` comes last,
-- or a caller's temporary tables would stand in for the clinic's.
create or replace function keep_claims() returns trigger
language plpgsql
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from claims where appointment_id = new.id) then
      insert into claims select claim.* from claims_of(new) claim order by claim.resource_id;
    end if;
  else
    perform renew_claims(new.id, array(
      select claim from claims_of(new) claim
      union all
      select claim from other_claims_of(new) claim
    ));
  end if;
  return null;
end
$$;

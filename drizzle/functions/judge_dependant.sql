-- Why an account may not register one dependant more; null when it may. The front desk always may. Callers take turns
-- first.
create or replace function judge_dependant(acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when case
      when account.created_at > acting.as_of - interval '1 hour' then settings.most_dependants_in_first_hour
      else settings.most_dependants
    end <= (
      select count(*)
      from account_patients
      where account_id = account.id
      and relation = 'dependant'
      and link_is_in_force(ends_on, acting.as_of)
    ) then 'too_many_dependants'
  end
  from clinic_settings settings
  join accounts account on account.id = acting.account_id
  where settings.id
  and not acting.by_desk;
end;

-- Gives an account another role, unless it is the last admin or the doctor is unknown. Its sessions end, and so do its
-- keys that have another role or acted for another doctor. The caller holds the lock 'authority', so the admins that are counted stay admins.
--
-- A front desk account is bound to `new_locations`, to none when they are empty, and stays as it is when they are null.
--
-- Answers with the account, whose columns are null when there is none, and whether it is the last admin.
create or replace function give_role(
  account bigint, new_role text, new_doctor bigint, new_locations bigint[], acting acting
) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before accounts;
  knows_all constant boolean := (new_doctor is null or exists (select from doctors where id = new_doctor))
    and not exists (
      select from unnest(new_locations) wanted (id)
      where not exists (select from locations where locations.id = wanted.id)
    );
  former_locations constant bigint[] := locations_of_account(account);
  is_last_admin boolean;
begin
  select * into before from accounts where id = account and closed_at is null for no key update;
  is_last_admin := before.role = 'admin' and new_role <> 'admin' and not exists (
    select from accounts other where other.role = 'admin' and other.closed_at is null and other.id <> account
  );
  if before.id is not null and knows_all and not is_last_admin then
    update accounts
    set role = new_role, doctor_id = new_doctor, updated_at = acting.as_of
    where id = account;
    perform end_sessions(array(select id from sessions where account_id = account), 'role_changed', acting);
    perform revoke_keys(
      array(
        select id from api_keys
        where owner_id = account
        and (role <> new_role or before.doctor_id is distinct from new_doctor)
      ),
      acting
    );
    if new_locations is not null or new_role <> 'front_desk' then
      delete from account_locations where account_id = account;
      insert into account_locations (account_id, location_id)
      select distinct account, wanted.id
      from unnest(new_locations) wanted (id)
      where new_role = 'front_desk';
    end if;
    perform record_security_event(
      'role.changed', account,
      jsonb_build_object('from', before.role, 'to', new_role) || case
        when locations_of_account(account) is distinct from former_locations then jsonb_build_object(
          'from_locations', to_jsonb(former_locations), 'to_locations', to_jsonb(locations_of_account(account))
        )
        else '{}'
      end,
      acting
    );
    perform record_settings('account', account::text, acting);
  end if;
  return jsonb_build_object(
    'id', before.id, 'email', before.email, 'name', before.name, 'is_last_admin', coalesce(is_last_admin, false),
    'location_ids', to_jsonb(locations_of_account(account))
  );
end
$$;

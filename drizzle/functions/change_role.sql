-- Gives an account another role, unless it is the last admin or the doctor is unknown. Its sessions end, and so do its
-- keys that have another role or acted for another doctor. The caller holds the lock 'authority', so the admins that are counted stay admins.
--
-- Answers with the account, whose columns are null when there is none, and whether it is the last admin.
create or replace function change_role(account bigint, new_role text, new_doctor bigint, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before accounts;
  knows_doctor constant boolean := new_doctor is null or exists (select from doctors where id = new_doctor);
  is_last_admin boolean;
begin
  select * into before from accounts where id = account and closed_at is null for no key update;
  is_last_admin := before.role = 'admin' and new_role <> 'admin' and not exists (
    select from accounts other where other.role = 'admin' and other.closed_at is null and other.id <> account
  );
  if before.id is not null and knows_doctor and not is_last_admin then
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
    perform record_security_event(
      'role.changed', account, jsonb_build_object('from', before.role, 'to', new_role), acting
    );
  end if;
  return jsonb_build_object(
    'id', before.id, 'email', before.email, 'name', before.name, 'is_last_admin', coalesce(is_last_admin, false)
  );
end
$$;

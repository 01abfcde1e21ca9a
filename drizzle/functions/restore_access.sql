-- Gives the account of a person who lost their mailbox another address. All its sessions end; its passkeys stay. The front
-- desk does it for patients, an admin for anyone but themselves. Answers with the account and its old address, or with the
-- verdict: `no_account`, `not_allowed` or `already_there`.
create or replace function restore_access(account bigint, new_email text, reason text, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before accounts;
  ended text[];
begin
  select * into before from accounts where id = account and closed_at is null for update;
  if before.id is null then
    return jsonb_build_object('verdict', 'no_account');
  end if;
  if before.id = acting.account_id or before.role <> 'patient' and acting.actor_kind <> 'admin' then
    return jsonb_build_object('verdict', 'not_allowed');
  end if;
  ended := change_email(account, new_email, null, 'email.restored', acting);
  if ended is null then
    return jsonb_build_object('verdict', 'already_there');
  end if;
  perform append_patient_event(pair.patient_id, 'patient.access_restored', null, null, restore_access.reason, acting)
  from account_patients pair
  where pair.account_id = account
  and pair.relation = 'self';
  return jsonb_build_object(
    'verdict', null, 'id', before.id, 'name', before.name, 'role', before.role, 'doctor_id', before.doctor_id,
    'old_email', before.email, 'ended', to_jsonb(ended)
  );
end
$$;

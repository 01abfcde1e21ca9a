-- Checks that the actor is still who the request believes. Every write begins with it, in its own transaction: what the
-- Worker remembers about keys, sessions and roles may be a minute old. Strangers and our own jobs have nothing to
-- check, and the previous release is not checked.
--
-- Fails with AL401 when the session or the key no longer lets anyone in, or the session lacks its second factor, and
-- with AL403 when the role has changed, or the locations that a front desk account is bound to.
create or replace function require_authority(acting acting) returns void
language plpgsql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  believed record;
begin
  if acting.account_id is null or acting.can_be_checked is null then
    return;
  end if;
  if acting.api_key_id is not null then
    select key.role, owner.doctor_id, key_may_act(key, owner, acting.as_of) as is_live into believed
    from api_keys key
    join accounts owner on owner.id = key.owner_id
    where key.id = acting.api_key_id
    and key.owner_id = acting.account_id;
  else
    select
      account.role,
      account.doctor_id,
      session_is_live(session, account.role, acting.as_of)
        and second_factor_of(account.id, account.role, session.signed_in_with) = 'met' as is_live
    into believed
    from sessions session
    join accounts account on account.id = session.account_id
    where session.token_hash = acting.session_hash
    and session.account_id = acting.account_id;
  end if;
  if believed.is_live is not true then
    raise exception 'The key or the session has ended.' using errcode = 'AL401';
  end if;
  if (believed.role, believed.doctor_id) is distinct from (acting.actor_kind, acting.doctor_id) then
    raise exception 'The role of the account has changed.' using errcode = 'AL403';
  end if;
  if believed.role = 'front_desk' and locations_of_account(acting.account_id) is distinct from acting.location_ids then
    raise exception 'The locations of the account have changed.' using errcode = 'AL403';
  end if;
end
$$;

-- Invites the owner of a mailbox to a patient's record, unless `judge_invitation` says no. An earlier invitation of the
-- mailbox to the record ends. Answers no row when there is no such patient, or the account does not act for them.
create or replace function invite_to_patient(wanted patient_invitations, mailbox_hash text, acting acting)
returns table (id bigint, refusal text)
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  target bigint;
  verdict text;
begin
  perform pg_advisory_xact_lock(hashtextextended(who, 0))
  from (
    select who
    from (values (1, 'invitations to ' || wanted.email), (2, 'invitations by ' || acting.account_id)) one (place, who)
    where who is not null
    order by place
    offset 0
  ) in_order;

  select patient.id into target
  from patients named
  join patients patient on patient.id = coalesce(named.moved_to_id, named.id)
  where named.id = wanted.patient_id
  and patient.erased_at is null
  and may_act_for(patient.id, acting);
  if target is null then
    return;
  end if;

  verdict := judge_invitation(mailbox_hash, acting);
  if verdict is not null then
    return query select null::bigint, verdict;
    return;
  end if;
  perform count_security_event(
    'invitation.sent', array['mailbox:' || mailbox_hash, 'account:' || acting.account_id], null, acting
  );

  update patient_invitations invitation
  set withdrawn_at = acting.as_of
  where invitation.patient_id = target
  and invitation.email = wanted.email
  and invitation_is_open(invitation, acting.as_of);

  perform append_patient_event(
    target, 'patient.invited', null, jsonb_build_object('email', wanted.email, 'relation', wanted.relation), null, acting
  );
  return query
    insert into patient_invitations (patient_id, email, relation, code_hash, invited_at, invited_by_id, expires_at)
    values (
      target, wanted.email, wanted.relation, wanted.code_hash, acting.as_of, acting.account_id,
      acting.as_of + interval '14 days'
    )
    returning patient_invitations.id, null::text;
end
$$;

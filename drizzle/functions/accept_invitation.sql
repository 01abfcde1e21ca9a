-- Links the account to the patient of an invitation, if the invitation is to the account's own mailbox, and they name the
-- patient's birth date or the code that they were given. Answers null, or why not. Each wrong answer counts against the
-- invitation and against the account. An invitation to someone else's mailbox looks like one that has ended.
create or replace function accept_invitation(
  invitation_id bigint, relation text, birth_date date, code_hashes text[], acting acting
) returns text
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  found_one record;
begin
  -- Attempts of one account take turns, so that each sees what the one before has counted.
  perform pg_advisory_xact_lock(hashtextextended('invitations of ' || acting.account_id, 0));

  if times_counted('invitation.refused', 'account:' || acting.account_id, acting.as_of - interval '1 day') >= 15 then
    return 'too_many_tries';
  end if;

  select
    invitation.id, patient.id as patient_id,
    coalesce(patient.birth_date = accept_invitation.birth_date, false)
      or coalesce(invitation.code_hash = any (code_hashes), false) as is_proven
  into found_one
  from patient_invitations invitation
  join accounts account on account.email = invitation.email and account.closed_at is null
  join patients invited on invited.id = invitation.patient_id
  join patients patient on patient.id = coalesce(invited.moved_to_id, invited.id) and patient.erased_at is null
  where invitation.id = invitation_id
  and account.id = acting.account_id
  and invitation_is_open(invitation, acting.as_of)
  -- Only those who are invited to their own record may become its person, and nobody becomes two people.
  and (
    accept_invitation.relation = 'dependant'
    or invitation.relation = 'self' and not exists (
      select from account_patients pair where pair.account_id = account.id and pair.relation = 'self'
    )
  )
  for update of invitation;
  if not found then
    return 'invitation_ended';
  end if;

  if not found_one.is_proven then
    update patient_invitations set failures = failures + 1 where id = found_one.id;
    perform count_security_event('invitation.refused', array['account:' || acting.account_id, 'everyone'], null, acting);
    perform record_security_event(
      'invitation.refused', acting.account_id, jsonb_build_object('invitation_id', found_one.id), acting
    );
    return 'wrong_fact';
  end if;

  update patient_invitations set accepted_at = acting.as_of, accepted_by_id = acting.account_id where id = found_one.id;
  perform link_patient(
    acting.account_id, found_one.patient_id, accept_invitation.relation,
    jsonb_build_object('invitation_id', found_one.id), acting
  );
  perform record_security_event(
    'invitation.accepted', acting.account_id, jsonb_build_object('invitation_id', found_one.id), acting
  );
  return null;
end
$$;

ALTER TABLE "patient_invitations" ADD COLUMN "relation" text DEFAULT 'self' NOT NULL;
--> statement-breakpoint
ALTER TABLE "patient_invitations" ADD COLUMN "mailed_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "patient_invitations" ADD CONSTRAINT "patient_invitations_relation_is_known" CHECK ("patient_invitations"."relation" in ('self', 'dependant'));
--> statement-breakpoint
-- How often within an hour is too often, and raises an alarm; null when nothing does.
create or replace function alarm_threshold(kind text, subject text) returns integer
language sql
immutable
begin atomic
  select case kind || ' by ' || split_part(subject, ':', 1)
    when 'sign_in.refused by network' then 20
    when 'sign_in.refused by wider' then 80
    when 'sign_in.refused by mailbox' then 20
    when 'sign_in.refused by everyone' then 500
    when 'sign_in.code_sent by everyone' then 1000
    when 'api_key.issued by everyone' then 10
    when 'role.changed by everyone' then 10
    when 'data.exported by everyone' then 20
    when 'invitation.refused by everyone' then 50
  end;
end;
--> statement-breakpoint
-- Whether an invitation can still be accepted: it has not been, nobody has withdrawn it, and its facts were not guessed at.
create or replace function invitation_is_open(invitation patient_invitations, as_of timestamptz) returns boolean
language sql
immutable
return invitation.accepted_at is null
  and invitation.withdrawn_at is null
  and invitation.failures < 5
  and invitation.expires_at > as_of;
--> statement-breakpoint
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
--> statement-breakpoint
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
--> statement-breakpoint
-- Why no invitation is sent now; null when one may be. An hour allows ten for one mailbox, so that a family can be invited
-- at once, 60 by one account of the front desk and 5 by a patient's. A day allows 20 for one mailbox. Callers count
-- afterwards, and take turns.
create or replace function judge_invitation(mailbox_hash text, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when times_counted('invitation.sent', 'mailbox:' || mailbox_hash, acting.as_of - interval '1 hour') >= 10
      or times_counted('invitation.sent', 'mailbox:' || mailbox_hash, acting.as_of - interval '1 day') >= 20
      or times_counted('invitation.sent', 'account:' || acting.account_id, acting.as_of - interval '1 hour')
        >= case when acting.by_desk then 60 else 5 end
      then 'too_many_invitations'
  end;
end;
--> statement-breakpoint
-- Lets an account act for a patient, again if its link has ended, with the event that says who arranged it and how. Answers
-- whether it could not before.
-- Nothing is judged here.
create or replace function link_patient(
  account_id bigint, patient_id bigint, relation text, how jsonb, acting acting
) returns boolean
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with linked as (
    insert into account_patients as pair (account_id, patient_id, relation, linked_at)
    values (link_patient.account_id, link_patient.patient_id, link_patient.relation, acting.as_of)
    on conflict on constraint account_patients_pkey do update
    set relation = excluded.relation, linked_at = excluded.linked_at
    where not link_is_in_force(pair.ends_on, acting.as_of)
    returning pair.account_id, pair.patient_id, pair.relation
  )
  select count(*) > 0
  from (
    select append_patient_event(
      linked.patient_id, 'patient.linked', null,
      jsonb_build_object('account_id', linked.account_id, 'relation', linked.relation) || how, null, acting
    )
    from linked
    offset 0
  ) each;
end;

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

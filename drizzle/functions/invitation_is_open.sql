-- Whether an invitation can still be accepted: it has not been, nobody has withdrawn it, and its facts were not guessed at.
create or replace function invitation_is_open(invitation patient_invitations, as_of timestamptz) returns boolean
language sql
immutable
return invitation.accepted_at is null
  and invitation.withdrawn_at is null
  and invitation.failures < 5
  and invitation.expires_at > as_of;

-- These appointments and, of the sessions among them, the participants.
create or replace function with_participants(sessions bigint[]) returns table (id bigint)
language sql
stable
begin atomic
  select unnest(sessions)
  union all
  select participant.id
  from appointments participant
  where participant.session_id = any (sessions)
  and participant.status not in ('cancelled', 'noshow');
end;

-- What happened to these records: their events, what the person asked to be corrected, invitations, merges, and who opened
-- them. The clinic's own people appear by role.
create or replace function export_history(records bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  own_address as (
    select contact_email as email from patients where id = any (records)
    union
    select account.email
    from account_patients link
    join accounts account on account.id = link.account_id
    where link.patient_id = any (records)
    and link.relation = 'self'
  )
  select jsonb_build_object(
    'record_events', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'patient_id', event.patient_id, 'kind', event.kind, 'at', in_utc(event.at), 'actor', event.actor_kind,
        'reason', event.reason, 'before', event.before, 'after', event.after
      ) order by event.id), '[]')
      from patient_events event
      where event.patient_id = any (records)
    ),
    'correction_requests', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'patient_id', request.patient_id, 'changes', request.changes, 'status', request.status,
        'requested_at', in_utc(request.requested_at), 'decided_at', in_utc(request.decided_at), 'reason', request.reason
      ) order by request.id), '[]')
      from correction_requests request
      where request.patient_id = any (records)
    ),
    'invitations', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'patient_id', invitation.patient_id,
        -- Someone else's address is not theirs to read.
        'email', case when invitation.email in (select email from own_address) then invitation.email end,
        'relation', invitation.relation, 'invited_at', in_utc(invitation.invited_at), 'mailed_at', in_utc(invitation.mailed_at),
        'expires_at', in_utc(invitation.expires_at),
        'accepted_at', in_utc(invitation.accepted_at), 'withdrawn_at', in_utc(invitation.withdrawn_at),
        'failures', invitation.failures
      ) order by invitation.id), '[]')
      from patient_invitations invitation
      where invitation.patient_id = any (records)
    ),
    'merges', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'from_id', merge.from_id, 'into_id', merge.into_id, 'merged_at', in_utc(merge.merged_at),
        'undone_at', in_utc(merge.undone_at)
      ) order by merge.id), '[]')
      from patient_merges merge
      where merge.from_id = any (records) or merge.into_id = any (records)
    ),
    'accesses', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'patient_id', access.patient_id, 'at', in_utc(access.at), 'actor', access.actor_kind,
        'with_key', access.api_key_id is not null, 'what', access.what
      ) order by access.at, access.id), '[]')
      from patient_accesses access
      where access.patient_id = any (records)
    )
  );
end;

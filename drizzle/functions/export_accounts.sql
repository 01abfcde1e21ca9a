-- Every account that acts for the person of these records. Of their own it tells everything but what signs in; an account
-- of someone else is an id and how it is related.
create or replace function export_accounts(records bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'id', link.account_id, 'relation', link.relation, 'linked_at', in_utc(link.linked_at), 'ends_on', link.ends_on,
      'notice_sent_at', in_utc(link.notice_sent_at)
    )
    || case when link.relation = 'self' then jsonb_build_object(
      'email', account.email, 'email_verified', account.email_verified, 'name', account.name, 'image', account.image,
      'role', account.role, 'wanted_messages', account.wanted_messages,
      'terms_accepted_at', in_utc(account.terms_accepted_at), 'created_at', in_utc(account.created_at),
      'updated_at', in_utc(account.updated_at), 'closed_at', in_utc(account.closed_at),
      'acts_for_patient_ids', (
        select coalesce(jsonb_agg(other.patient_id order by other.patient_id), '[]')
        from account_patients other
        where other.account_id = account.id
        and other.relation <> 'self'
      ),
      'passkeys', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'name', passkey.name, 'is_backed_up', passkey.is_backed_up, 'created_at', in_utc(passkey.created_at),
          'last_used_at', in_utc(passkey.last_used_at)
        ) order by passkey.id), '[]')
        from passkeys passkey
        where passkey.account_id = account.id
      ),
      'sessions', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'created_at', in_utc(session.created_at), 'last_seen_at', in_utc(session.last_seen_at), 'expires_at', in_utc(session.expires_at),
          'device', session.device, 'place', session.place, 'signed_in_with', session.signed_in_with,
          'ip_address', session.ip_address, 'user_agent', session.user_agent
        ) order by session.id), '[]')
        from sessions session
        where session.account_id = account.id
      ),
      'email_changes', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'new_email', change.new_email, 'asked_at', in_utc(change.asked_at), 'expires_at', in_utc(change.expires_at),
          'ended_at', in_utc(change.ended_at)
        ) order by change.id), '[]')
        from email_changes change
        where change.account_id = account.id
      ),
      'api_keys', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'name', key.name, 'role', key.role, 'scopes', key.scopes, 'created_at', in_utc(key.created_at),
          'last_used_at', in_utc(key.last_used_at), 'expires_at', in_utc(key.expires_at), 'revoked_at', in_utc(key.revoked_at)
        ) order by key.id), '[]')
        from api_keys key
        where key.owner_id = account.id
      ),
      'security_events', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'at', in_utc(event.at), 'kind', event.kind, 'actor', event.actor_kind, 'place', event.place,
          'details', event.details
        ) order by event.at, event.id), '[]')
        from security_events event
        where event.account_id = account.id
      )
    ) else '{}' end
    order by link.relation <> 'self', link.account_id, link.patient_id
  ), '[]')
  from account_patients link
  join accounts account on account.id = link.account_id
  where link.patient_id = any (records);
end;

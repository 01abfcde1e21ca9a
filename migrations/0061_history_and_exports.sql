-- An instant as the API writes it, such as 2026-11-28T02:00:00.000000Z; null stays null.
create or replace function in_utc(at timestamptz) returns text
language sql
stable
parallel safe
return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
--> statement-breakpoint
-- Undoes the last merge of a record. No rule is written here, only the order of the steps. While it runs, nothing else
-- begins or changes an appointment (`follow_patient`).
--
-- Answers with two lists: the verdict and the merge; the appointments that went back.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function unmerge_patients(of_record bigint, reason text, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  judged record;
  undone patient_merges;
  given_back bigint[] := '{}';
  answers jsonb;
  stays bigint;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  perform pg_advisory_xact_lock(hashtext('merges'));
  -- Corrections wait, and are seen.
  stays := follow_patient(of_record);
  perform from patients where id in (of_record, stays) order by id for no key update;
  select * into judged from judge_unmerge(of_record, acting.as_of);
  if found and judged.verdict is null then
    given_back := undo_merge(judged.merge, reason, acting);
    select * into undone from patient_merges where id = (judged.merge).id;
  end if;
  answers := jsonb_build_array(
    case when judged is null then '[]' else jsonb_build_array(
      to_jsonb(judged) || case when undone.id is null then '{}' else jsonb_build_object('merge', to_jsonb(undone)) end
    ) end,
    case when given_back = '{}' then '[]' else list_appointments(given_back) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
--> statement-breakpoint
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
      'role', account.role, 'terms_accepted_at', in_utc(account.terms_accepted_at), 'created_at', in_utc(account.created_at),
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
--> statement-breakpoint
-- Every appointment on these records, from first to last, with its events. An event says which facts changed to what.
create or replace function export_appointments(records bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  described as (
    select
      one.id, one.patient_id, one.status, one.event_count as version,
      in_utc(one.start_at) as start_at, to_char(one.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      in_utc(one.end_at) as end_at, to_char(one.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      location.time_zone, location.name as location, doctor.name as doctor, visit.name as visit_type,
      one.reason_for_visit, one.override_reason, in_utc(one.hold_expires_at) as hold_expires_at
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = doctor.location_id
    left join visit_types visit on visit.id = one.visit_type_id
    where one.patient_id = any (records)
  ),
  told as (
    select
      event.appointment_id,
      jsonb_agg(
        jsonb_build_object(
          'number', event.number, 'kind', event.kind, 'at', in_utc(event.at), 'actor', event.actor_kind,
          'reason', event.reason, 'changes', changed_facts(event.before, event.after)
        )
        order by event.number
      ) as events
    from described
    join events event on event.appointment_id = described.id
    group by event.appointment_id
  )
  select coalesce(
    jsonb_agg(
      to_jsonb(described) || jsonb_build_object('events', coalesce(told.events, '[]'))
      order by described.start_at, described.id
    ),
    '[]'
  )
  from described
  left join told on told.appointment_id = described.id;
end;
--> statement-breakpoint
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
--> statement-breakpoint
-- Everything that the clinic keeps about the person of this record, as one document of one instant: a statement sees one
-- snapshot. src/api/description/patient-export.ts describes it, and test/clinic/patients/export.test.ts walks all tables.
-- Later kinds of data become further keys.
create or replace function export_patient(of_patient bigint, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select jsonb_build_object(
    'format', 1,
    'made_at', in_utc(as_of),
    'patient_id', kept.id,
    'records', (
      select jsonb_agg(
        to_jsonb(patient) || jsonb_build_object('created_at', in_utc(patient.created_at), 'erased_at', in_utc(patient.erased_at), 'identifiers', (
          select coalesce(jsonb_agg(
            jsonb_build_object('issuer', identifier.issuer, 'value', identifier.value)
            order by identifier.issuer, identifier.value
          ), '[]')
          from patient_identifiers identifier
          where identifier.patient_id = patient.id
        ))
        order by patient.id <> kept.id, patient.id
      )
      from patients patient
      where patient.id = any (person.records)
    ),
    'appointments', export_appointments(person.records),
    'accounts', export_accounts(person.records),
    'messages', '[]'::jsonb
  ) || export_history(person.records)
  from (select coalesce(moved_to_id, id) as id from patients where id = of_patient) kept
  cross join lateral (select records_of_person(kept.id) as records) person;
end;

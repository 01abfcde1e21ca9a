ALTER TABLE "patient_accesses" ADD COLUMN "actor_kind" text NOT NULL;
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
  end;
end;
--> statement-breakpoint
-- The facts that an event changed, with their new values.
create or replace function changed_facts(before jsonb, after jsonb) returns jsonb
language sql
immutable
begin atomic
  select coalesce(jsonb_object_agg(fact.key, fact.value), '{}')
  from jsonb_each(after) fact
  where before -> fact.key is distinct from fact.value;
end;
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
      'id', link.account_id, 'relation', link.relation, 'linked_at', link.linked_at, 'ends_on', link.ends_on,
      'notice_sent_at', link.notice_sent_at
    )
    || case when link.relation = 'self' then jsonb_build_object(
      'email', account.email, 'email_verified', account.email_verified, 'name', account.name, 'image', account.image,
      'role', account.role, 'terms_accepted_at', account.terms_accepted_at, 'created_at', account.created_at,
      'updated_at', account.updated_at, 'closed_at', account.closed_at,
      'acts_for_patient_ids', (
        select coalesce(jsonb_agg(other.patient_id order by other.patient_id), '[]')
        from account_patients other
        where other.account_id = account.id
        and other.relation <> 'self'
      ),
      'passkeys', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'name', passkey.name, 'is_backed_up', passkey.is_backed_up, 'created_at', passkey.created_at,
          'last_used_at', passkey.last_used_at
        ) order by passkey.id), '[]')
        from passkeys passkey
        where passkey.account_id = account.id
      ),
      'sessions', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'created_at', session.created_at, 'last_seen_at', session.last_seen_at, 'expires_at', session.expires_at,
          'device', session.device, 'place', session.place, 'signed_in_with', session.signed_in_with,
          'ip_address', session.ip_address, 'user_agent', session.user_agent
        ) order by session.id), '[]')
        from sessions session
        where session.account_id = account.id
      ),
      'email_changes', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'new_email', change.new_email, 'asked_at', change.asked_at, 'expires_at', change.expires_at,
          'ended_at', change.ended_at
        ) order by change.id), '[]')
        from email_changes change
        where change.account_id = account.id
      ),
      'api_keys', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'name', key.name, 'role', key.role, 'scopes', key.scopes, 'created_at', key.created_at,
          'last_used_at', key.last_used_at, 'expires_at', key.expires_at, 'revoked_at', key.revoked_at
        ) order by key.id), '[]')
        from api_keys key
        where key.owner_id = account.id
      ),
      'security_events', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'at', event.at, 'kind', event.kind, 'actor', event.actor_kind, 'place', event.place,
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
      one.start_at, to_char(one.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      one.end_at, to_char(one.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      location.time_zone, location.name as location, doctor.name as doctor, visit.name as visit_type,
      one.reason_for_visit, one.override_reason, one.hold_expires_at
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
          'number', event.number, 'kind', event.kind, 'at', event.at, 'actor', event.actor_kind,
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
        'patient_id', event.patient_id, 'kind', event.kind, 'at', event.at, 'actor', event.actor_kind,
        'reason', event.reason, 'before', event.before, 'after', event.after
      ) order by event.id), '[]')
      from patient_events event
      where event.patient_id = any (records)
    ),
    'correction_requests', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'patient_id', request.patient_id, 'changes', request.changes, 'status', request.status,
        'requested_at', request.requested_at, 'decided_at', request.decided_at, 'reason', request.reason
      ) order by request.id), '[]')
      from correction_requests request
      where request.patient_id = any (records)
    ),
    'invitations', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'patient_id', invitation.patient_id,
        -- Someone else's address is not theirs to read.
        'email', case when invitation.email in (select email from own_address) then invitation.email end,
        'invited_at', invitation.invited_at, 'expires_at', invitation.expires_at,
        'accepted_at', invitation.accepted_at, 'withdrawn_at', invitation.withdrawn_at,
        'failures', invitation.failures
      ) order by invitation.id), '[]')
      from patient_invitations invitation
      where invitation.patient_id = any (records)
    ),
    'merges', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'from_id', merge.from_id, 'into_id', merge.into_id, 'merged_at', merge.merged_at,
        'undone_at', merge.undone_at
      ) order by merge.id), '[]')
      from patient_merges merge
      where merge.from_id = any (records) or merge.into_id = any (records)
    ),
    'accesses', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'patient_id', access.patient_id, 'at', access.at, 'actor', access.actor_kind,
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
    'made_at', as_of,
    'patient_id', kept.id,
    'records', (
      select jsonb_agg(
        to_jsonb(patient) || jsonb_build_object('identifiers', (
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
--> statement-breakpoint
-- Records that one of the clinic's own people, or a key of theirs, opened a patient's record. Patients who read about
-- themselves or their dependants leave no trace. This is the only place that writes the log, with the owner's rights: the
-- Worker's database role may only read it.
create or replace function record_patient_access(patient_id bigint, what text, acting acting) returns void
language sql
volatile
security definer
set plan_cache_mode to force_generic_plan
begin atomic
  insert into patient_accesses (patient_id, at, actor_kind, account_id, api_key_id, what, request_id)
  select
    record_patient_access.patient_id, acting.as_of, acting.actor_kind, acting.account_id, acting.api_key_id,
    record_patient_access.what, acting.request_id
  where acting.actor_kind in ('front_desk', 'doctor', 'admin');
end;
--> statement-breakpoint
-- Appends to the security log. `about` is the account that it concerns; null when no account has that mailbox yet. This is
-- the only place that writes it, with the owner's rights: the Worker's database role may only read it. New keys, new roles
-- and exports are also counted, because many of them raise an alarm.
create or replace function record_security_event(kind text, about bigint, details jsonb, acting acting) returns void
language sql
volatile
security definer
set plan_cache_mode to force_generic_plan
begin atomic
  select count_security_event(kind, array['everyone'], null, acting)
  where kind in ('api_key.issued', 'role.changed', 'data.exported');

  insert into security_events (
    at, kind, account_id, actor_kind, by_account_id, by_api_key_id, request_id, network_hash, place, details
  )
  values (
    acting.as_of, kind, about, acting.actor_kind, acting.account_id, acting.api_key_id, acting.request_id,
    acting.network_hash, acting.place, coalesce(details, '{}')
  );
end;
--> statement-breakpoint
-- Whether the person has proved in the last ten minutes who they are: what would help a thief most asks for that. An account
-- with a passkey proves it with one, because a thief may read the mailbox.
create or replace function signed_in_lately(acting acting) returns boolean
language sql
stable
begin atomic
  select exists (
    select from sessions
    where token_hash = acting.session_hash
    and created_at > acting.as_of - interval '10 minutes'
    and may_change_passkeys(sessions)
  );
end;
--> statement-breakpoint
-- Records that a person's data was exported: in their history, in the security log and, unless they did it themselves, among
-- those who opened their record.
create or replace function record_patient_export(of_patient bigint, acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select record_patient_access(of_patient, 'export', acting);
  select append_patient_event(of_patient, 'patient.exported', null, null, null, acting);
  select record_security_event('data.exported', own.account_id, jsonb_build_object('patient_id', of_patient), acting)
  from (
    select min(account_id) as account_id
    from account_patients
    where patient_id = of_patient
    and relation = 'self'
  ) own;
end;

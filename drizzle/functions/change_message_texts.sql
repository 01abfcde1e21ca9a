-- Changes the clinic's own texts of one kind of message in one channel. `wanted` has a text for each language, or null to go
-- back to ours. `seen` has when each was last changed, as the caller saw it: if that is no longer so, nothing changes. The
-- security log keeps what they were and are. Changes wait for one another.
--
-- Answers with the outcome: changed, same, stale, or not_allowed for a text that names the visit type although the clinic
-- does not let messages do that.
create or replace function change_message_texts(of_kind text, through text, wanted jsonb, seen jsonb, acting acting)
returns text
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  names_visit_type boolean;
  before jsonb;
  after jsonb;
begin
  select messages_name_visit_type into names_visit_type from clinic_settings for no key update;
  if not names_visit_type and wanted::text like '%{visit\_type}%' then
    return 'not_allowed';
  end if;

  before := own_message_texts(of_kind, through);
  if exists (
    select from jsonb_object_keys(wanted) language
    where (seen ->> language)::timestamptz is distinct from (before -> language ->> 'changed_at')::timestamptz
  ) then
    return 'stale';
  end if;

  delete from message_texts own
  using jsonb_each(wanted) wish
  where (own.kind, own.language, own.channel) = (of_kind, wish.key, through)
  and wish.value = 'null';

  insert into message_texts as own (kind, language, channel, subject, body, changed_by, changed_at)
  select
    of_kind, wish.key, through, wish.value ->> 'subject', wish.value ->> 'body', acting.account_id, acting.as_of
  from jsonb_each(wanted) wish
  where wish.value <> 'null'
  on conflict (kind, language, channel) do update
  set subject = excluded.subject, body = excluded.body, changed_by = excluded.changed_by, changed_at = excluded.changed_at
  where (own.subject, own.body) is distinct from (excluded.subject, excluded.body);

  after := own_message_texts(of_kind, through);
  if after = before then
    return 'same';
  end if;
  perform record_security_event(
    'settings.changed',
    null,
    jsonb_build_object(
      'before', jsonb_build_object('message_texts', jsonb_build_object(of_kind, jsonb_build_object(through, before))),
      'after', jsonb_build_object('message_texts', jsonb_build_object(of_kind, jsonb_build_object(through, after)))
    ),
    acting
  );
  perform record_settings('message_text', of_kind || ':' || language || ':' || through, acting)
  from jsonb_object_keys(wanted) language;
  return 'changed';
end
$$;

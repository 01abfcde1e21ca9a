-- What a recipient has chosen: which kinds of message they do not want, and the languages in their own record. Null when the
-- recipient is gone; see follow_recipient.
create or replace function message_choices(recipient text, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  select jsonb_build_object(
    'role', account.role,
    'wanted_messages', account.wanted_messages,
    'unwanted', (
      select coalesce(jsonb_agg(choice.kind order by choice.kind), '[]')
      from message_preferences choice
      where choice.recipient = reader.name
      and not choice.is_wanted
    ),
    -- Null without a record of their own.
    'languages', (
      select to_jsonb(own.languages)
      from patients_of_recipient(reader.name, as_of) theirs
      join patients own on own.id = theirs.patient_id
      where theirs.is_self
      limit 1
    ),
    'clinic_language', (select messages_language from clinic_settings where id)
  )
  from (select follow_recipient(recipient) as name) reader
  left join accounts account on account.id = case
    when reader.name like 'account:%' then split_part(reader.name, ':', 2)::bigint
  end
  where reader.name is not null;
end;

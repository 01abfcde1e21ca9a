-- The clinic's own texts of one kind of message in one channel, by language.
create or replace function own_message_texts(of_kind text, through text) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(
    jsonb_object_agg(
      own.language,
      jsonb_build_object('subject', own.subject, 'body', own.body, 'changed_at', in_utc(own.changed_at))
    ),
    '{}'
  )
  from message_texts own
  where own.kind = of_kind
  and own.channel = through;
end;

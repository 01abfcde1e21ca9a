-- Takes the addresses out of the messages of a person, before their records and accounts are emptied, and forgets which of
-- their addresses came back. What waits for them is not sent.
create or replace function empty_messages(records bigint[], texts text[]) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  update messages
  set
    address = null,
    provider_id = null,
    state = case when state = 'due' then 'skipped' else state end,
    reason = case when state = 'due' then 'account_closed' else reason end
  where id = any (messages_of_person(records))
  and (address is not null or provider_id is not null or state = 'due');

  delete from marked_addresses where address = any (texts);
end;

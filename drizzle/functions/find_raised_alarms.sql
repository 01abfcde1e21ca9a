-- The alarms that a request has raised in this hour: what happened too often, and by whom: `network`, `wider`, `mailbox` or
-- `everyone`. Asked in the transaction of the change, it logs each alarm once.
create or replace function find_raised_alarms(acting acting) returns table (kind text, subject text, times integer)
language sql
stable
begin atomic
  select known.kind, split_part(known.subject, ':', 1), known.times
  from security_counts known
  where known.since = date_bin('1 hour', acting.as_of, 'epoch')
  and known.alarm_request_id = acting.request_id
  and known.times = alarm_threshold(known.kind, known.subject);
end;

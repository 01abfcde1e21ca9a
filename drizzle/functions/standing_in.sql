-- What an appointment is to those who take part, by the facts of an event: `agreed`, `requested` while it waits for the
-- clinic's approval, `missed`, or `none`.
create or replace function standing_in(facts jsonb, is_request boolean) returns text
language sql
immutable
return case
  when facts ->> 'status' in ('booked', 'arrived', 'fulfilled') then 'agreed'
  when facts ->> 'status' = 'pending' and is_request then 'requested'
  when facts ->> 'status' = 'noshow' then 'missed'
  else 'none'
end;

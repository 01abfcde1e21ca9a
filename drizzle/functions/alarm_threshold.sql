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
    when 'data.erased by everyone' then 20
    when 'invitation.refused by everyone' then 50
  end;
end;

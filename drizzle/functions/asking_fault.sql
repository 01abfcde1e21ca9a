-- What is wrong with an answer, when the clinic asks for it so online; null when nothing is.
create or replace function asking_fault(asking text, given text) returns text
language sql
immutable
parallel safe
return case
  when asking = 'required' and given is null then 'missing'
  when asking = 'no' and given is not null then 'not_expected'
end;

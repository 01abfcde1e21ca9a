-- How often something happened to a subject in the hours that began after `since`.
create or replace function times_counted(kind text, subject text, since timestamptz) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(sum(known.times), 0)
  from security_counts known
  where known.kind = times_counted.kind
  and known.subject = times_counted.subject
  and known.since > times_counted.since;
end;

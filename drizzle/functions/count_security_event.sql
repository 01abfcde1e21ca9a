-- Counts something once for each subject in the hour of `acting`, unless it has happened `most` times already; null is no
-- limit. Returns how many subjects were counted. The request that reaches a threshold raises the alarm. Callers name
-- subjects from the narrowest to `everyone`, so that two at once never wait for each other. It runs with the owner's rights: the
-- Worker's database role may only read the counts.
create or replace function count_security_event(kind text, subjects text[], most integer, acting acting) returns integer
language sql
volatile
security definer
set plan_cache_mode to force_generic_plan
begin atomic
  with
  counted as (
    insert into security_counts as known (kind, subject, since, times)
    select kind, named.subject, date_bin('1 hour', acting.as_of, 'epoch'), 1
    from unnest(subjects) with ordinality named (subject, place)
    where named.subject is not null
    order by named.place
    on conflict on constraint security_counts_kind_subject_since_pk do update set
      times = known.times + 1,
      alarm_request_id = case
        when known.times + 1 = alarm_threshold(known.kind, known.subject) then acting.request_id
        else known.alarm_request_id
      end
    where most is null or known.times < most
    returning 1
  )
  select count(*)::integer from counted;
end;

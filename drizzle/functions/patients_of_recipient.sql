-- For whom a recipient is written to now: an account for itself and those whom it acts for, a patient without one for
-- themselves. Nobody, when the recipient is gone; see follow_recipient.
create or replace function patients_of_recipient(recipient text, as_of timestamptz) returns table (
  patient_id bigint, is_self boolean
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with reader as materialized (select follow_recipient(recipient) as name)
  select pair.patient_id, pair.relation = 'self'
  from reader
  join account_patients pair on pair.account_id = case
    when reader.name like 'account:%' then split_part(reader.name, ':', 2)::bigint
  end
  where link_is_in_force(pair.ends_on, as_of)
  union all
  select split_part(reader.name, ':', 2)::bigint, true
  from reader
  where reader.name like 'patient:%';
end;

-- Moves the links of accounts from one record to another. Answers with them as they were, each with the link that the
-- account already had to the other record, for the undoing. Who is the person themselves stays that, also where the
-- other record was a dependant's. A trigger sets when each link ends.
create or replace function move_links(of_record bigint, into_record bigint) returns jsonb
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with
  gone as (
    delete from account_patients
    where patient_id = of_record
    returning *
  ),
  moved as (
    insert into account_patients (account_id, patient_id, relation, linked_at, notice_sent_at)
    select account_id, into_record, relation, linked_at, notice_sent_at from gone
    on conflict (account_id, patient_id) do update
    set relation = 'self'
    where excluded.relation = 'self'
  )
  select coalesce(jsonb_agg(to_jsonb(gone) || jsonb_build_object('replaced', to_jsonb(kept)) order by gone.account_id), '[]')
  from gone
  left join account_patients kept on kept.account_id = gone.account_id and kept.patient_id = into_record;
end;

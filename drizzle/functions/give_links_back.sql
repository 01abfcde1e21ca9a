-- Gives a record the links of accounts back that a merge moved. One that was removed since stays removed. An account that
-- could act for the other record too, on its own account or through another merge, keeps that.
create or replace function give_links_back(merge patient_merges) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with
  moved as (
    select link.account_id, link.relation, link.linked_at, link.notice_sent_at, of_merge -> 'replaced' as replaced
    from jsonb_array_elements(merge.links) of_merge
    cross join jsonb_populate_record(null::account_patients, of_merge) link
    join account_patients present on present.account_id = link.account_id and present.patient_id = merge.into_id
  ),
  given as (
    insert into account_patients (account_id, patient_id, relation, linked_at, notice_sent_at)
    select account_id, merge.from_id, relation, linked_at, notice_sent_at from moved
    on conflict do nothing
  ),
  restored as (
    update account_patients kept
    set relation = moved.replaced ->> 'relation'
    from moved
    where kept.account_id = moved.account_id
    and kept.patient_id = merge.into_id
    and moved.replaced <> 'null'
  )
  delete from account_patients gone
  using moved
  where gone.account_id = moved.account_id
  and gone.patient_id = merge.into_id
  and moved.replaced = 'null'
  and not exists (
    select from patient_merges other
    where other.into_id = merge.into_id
    and other.id <> merge.id
    and other.undone_at is null
    and other.links @> jsonb_build_array(jsonb_build_object('account_id', gone.account_id))
  );
end;

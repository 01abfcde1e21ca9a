-- The rules for undoing the last merge of a record: within 30 days, and before those of the record that it was merged into.
-- Without any merge, no row.
create or replace function judge_unmerge(of_record bigint, as_of timestamptz) returns table (verdict text, merge patient_merges)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    case
      when last.undone_at is not null then 'already'
      when last.merged_at <= as_of - interval '30 days' then 'undo_expired'
      when gone.erased_at is not null or stays.erased_at is not null then 'patient_erased'
      when stays.moved_to_id is not null then 'already_merged'
    end,
    last
  from patient_merges last
  join patients gone on gone.id = last.from_id
  join patients stays on stays.id = last.into_id
  where last.id = (select max(id) from patient_merges where from_id = of_record);
end;

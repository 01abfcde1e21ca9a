-- All records of the person whose record this is: it, or the one it was merged into, and whatever was merged into that.
create or replace function records_of_person(of_patient bigint) returns bigint[]
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select array(
    select kept.id
    union all
    select merged.id from patients merged where merged.moved_to_id = kept.id
    order by 1
  )
  from (select coalesce(moved_to_id, id) as id from patients where id = of_patient) kept;
end;

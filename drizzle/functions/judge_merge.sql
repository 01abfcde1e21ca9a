-- The rules for merging one record into another: the verdict, or null when nothing is against it; what each record says
-- that cannot both be true of one person; and the first two appointments that nobody could both go to. The clinic's own
-- record numbers always differ, so they say nothing. Without either record, no row.
create or replace function judge_merge(of_record bigint, into_record bigint, confirmed boolean, as_of timestamptz)
returns table (verdict text, moved_to_id bigint, differing text[], overlap bigint[])
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  told as materialized (
    select coalesce(record.moved_to_id, record.id) as person, known.field, known.value
    from patients record
    cross join lateral (
      select issuer as field, value from patient_identifiers where patient_id = record.id and issuer <> 'record'
      union all
      select 'birth_date', record.birth_date::text where record.birth_date is not null and record.moved_to_id is null
    ) known
    where record.id = any (array[of_record, into_record]) or record.moved_to_id = any (array[of_record, into_record])
  ),
  differing as (
    select array(
      select mine.field
      from told mine
      join told theirs on theirs.field = mine.field and theirs.person = into_record
      where mine.person = of_record
      group by mine.field
      having not bool_or(mine.value = theirs.value)
      order by mine.field
    ) as fields
  ),
  overlap as (
    -- Of patients and companions. Two people in one appointment are hardly one person, either.
    select array[mine.appointment_id, theirs.appointment_id] as pair
    from claims mine
    join claims theirs on theirs.resource_id = resource_of_patient(into_record) and theirs.during && mine.during
    where mine.resource_id = resource_of_patient(of_record)
    and mine.during is not null
    and (mine.expires_at is null or mine.expires_at > as_of)
    and (theirs.expires_at is null or theirs.expires_at > as_of)
    order by lower(mine.during), mine.appointment_id, lower(theirs.during), theirs.appointment_id
    limit 1
  )
  select
    case
      when gone.id = stays.id then 'same_record'
      when gone.moved_to_id = stays.id then 'already'
      when gone.moved_to_id is not null or stays.moved_to_id is not null then 'already_merged'
      when gone.erased_at is not null or stays.erased_at is not null then 'patient_erased'
      when overlap.pair is not null then 'appointments_overlap'
      when differing.fields <> '{}' and not confirmed then 'records_differ'
    end,
    coalesce(gone.moved_to_id, stays.moved_to_id), differing.fields, overlap.pair
  from patients gone
  join patients stays on stays.id = into_record
  cross join differing
  left join overlap on true
  where gone.id = of_record;
end;

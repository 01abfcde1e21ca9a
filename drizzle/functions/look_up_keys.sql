-- The patients who have a key with one of these beginnings, in the order of their keys, at most so many. Where an ending is
-- given, the third part of the key must begin with it. `of_doctor` leaves only the patients who have had an appointment with
-- that doctor; null leaves everyone. `is_cut` says that there may be more: only so many keys are read.
create or replace function look_up_keys(
  beginnings text[], endings text[], of_doctor bigint, at_most integer, out patient_ids bigint[], out is_cut boolean
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with
  keys_read as materialized (
    select case when of_doctor is null then greatest(at_most * 2, 300) else 1200 end as number
  ),
  one as materialized (
    select key.patient_id, key.key, asked.ending
    from unnest(beginnings, endings) asked (beginning, ending)
    cross join lateral (
      select pair.patient_id, pair.key
      from patient_search_keys pair
      where pair.key >= asked.beginning
      and pair.key < asked.beginning || U&'\+10FFFF'
      order by pair.key, pair.patient_id
      limit (select number from keys_read)
    ) key
  ),
  person as materialized (
    select patient_id, min(key) as key
    from one
    where (ending is null or split_part(key, ' ', 3) ^@ ending)
    and (
      of_doctor is null
      or exists (
        select from appointments past
        where past.doctor_id = of_doctor and past.patient_id = one.patient_id and past.hold_expires_at is null
      )
    )
    group by patient_id
    order by min(key), patient_id
    limit at_most
  )
  select
    coalesce((select array_agg(patient_id order by key, patient_id) from person), '{}'),
    (select count(*) from person) >= at_most or (select count(*) from one) >= (select number from keys_read);
end;

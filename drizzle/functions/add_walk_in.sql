-- Gives someone who came without an appointment the next number of the day at a location, or says why not: `already_waiting`
-- comes with the number that they have. Call it after taking turns at that location: then there is no gap and no number twice.
create or replace function add_walk_in(wanted walk_ins, acting acting)
returns table (verdict text, id bigint, number integer)
language sql
volatile
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  with
  here as materialized (
    select seen.id, (acting.as_of at time zone seen.time_zone)::date as day
    from places_of_staff(acting) seen
    where seen.id = wanted.location_id
  ),
  patient as materialized (
    select record.id, record.is_active
    from patients named
    join patients record on record.id = coalesce(named.moved_to_id, named.id)
    where named.id = wanted.patient_id
    and record.erased_at is null
  ),
  waiting as materialized (
    select one.id, one.number
    from here
    join walk_ins one on one.location_id = here.id and one.day = here.day
    where one.patient_id = (select patient.id from patient)
    and walk_in_waits(one)
    limit 1
  ),
  judged as materialized (
    select case
      when not exists (select from here) then 'no_location'
      when not exists (select from patient) then 'no_patient'
      when not exists (select from patient where patient.is_active) then 'patient_inactive'
      when not exists (
        select
        from doctor_visit_types offer
        join doctors doctor on doctor.id = offer.doctor_id and doctor.is_active
        join doctor_locations work on work.doctor_id = doctor.id and work.location_id = wanted.location_id
        join visit_types visit on visit.id = offer.visit_type_id and visit.is_active and visit.capacity is null
        where offer.visit_type_id = wanted.visit_type_id
        and (wanted.doctor_id is null or offer.doctor_id = wanted.doctor_id)
      ) then 'not_offered'
      when exists (select from waiting) then 'already_waiting'
    end as verdict
  ),
  added as (
    insert into walk_ins (location_id, day, number, patient_id, doctor_id, visit_type_id, came_at, added_by)
    select
      here.id, here.day,
      (
        select coalesce(max(before.number), 0) + 1
        from walk_ins before
        where before.location_id = here.id
        and before.day = here.day
      ),
      patient.id, wanted.doctor_id, wanted.visit_type_id, acting.as_of, acting.account_id
    from judged
    cross join here
    cross join patient
    where judged.verdict is null
    returning walk_ins.id, walk_ins.number
  )
  select judged.verdict, coalesce(added.id, waiting.id), coalesce(added.number, waiting.number)
  from judged
  left join added on true
  left join waiting on judged.verdict = 'already_waiting';
end;

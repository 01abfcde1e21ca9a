-- The rules for the people and things that a wish names besides the doctor and the patient of this row. With any doctor, one
-- who is named as a colleague, too, is as good as taken. A room or device must be at the appointment's location.
create or replace function judge_named(wanted appointments, wish wish, any_doctor boolean, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  colleague as materialized (
    select doctor.id, doctor.resource_id
    from unnest(wish.colleague_ids) named (id)
    left join doctors doctor on doctor.id = named.id and doctor.is_active
  ),
  companion as materialized (
    select patient.id, judge_patient(patient.id, null, acting) as verdict
    from unnest(wish.companion_ids) named (id)
    left join patients patient on patient.id = named.id and patient.erased_at is null
  )
  select case
    when exists (select from colleague where id is null) then 'no_doctor'
    when exists (select from companion where id is null) then 'no_patient'
    when exists (
      select from unnest(wish.resource_ids) named (id)
      where not exists (
        select from resources thing
        where thing.id = named.id
        and thing.location_id = wanted.location_id
        and thing.is_active
      )
    ) then 'no_resource'
    when exists (select from companion where verdict = 'patient_inactive') then 'patient_inactive'
    when exists (select from colleague group by resource_id having count(*) > 1) then 'colleague_twice'
    when exists (select from companion group by id having count(*) > 1)
    or exists (select from companion where id = wanted.patient_id) then 'companion_twice'
    when exists (
      select from colleague
      where resource_id = (select resource_id from doctors where id = wanted.doctor_id)
    ) then case when any_doctor then 'slot_taken' else 'colleague_twice' end
    else judge_attendance(
      array(select claim from named_claims(wanted, wish) claim), wanted.override_reason is null, acting.as_of, wanted.id
    ) ->> 'verdict'
  end;
end;

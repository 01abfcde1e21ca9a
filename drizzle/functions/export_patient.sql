-- Everything that the clinic keeps about the person of this record, as one document of one instant: a statement sees one
-- snapshot. src/api/description/patient-export.ts describes it, and test/clinic/patients/export.test.ts walks all tables.
-- Later kinds of data become further keys.
create or replace function export_patient(of_patient bigint, as_of timestamptz) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select jsonb_build_object(
    'format', 1,
    'made_at', in_utc(as_of),
    'patient_id', kept.id,
    'records', (
      select jsonb_agg(
        to_jsonb(patient) || jsonb_build_object('created_at', in_utc(patient.created_at), 'erased_at', in_utc(patient.erased_at), 'identifiers', (
          select coalesce(jsonb_agg(
            jsonb_build_object('issuer', identifier.issuer, 'value', identifier.value)
            order by identifier.issuer, identifier.value
          ), '[]')
          from patient_identifiers identifier
          where identifier.patient_id = patient.id
        ))
        order by patient.id <> kept.id, patient.id
      )
      from patients patient
      where patient.id = any (person.records)
    ),
    'appointments', export_appointments(person.records),
    'accounts', export_accounts(person.records),
    'message_preferences', (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'kind', kind, 'choice', case when is_wanted then 'wanted' else 'unwanted' end, 'chosen_at', in_utc(chosen_at)
        )
        order by recipient, kind
      ), '[]')
      from message_preferences
      where recipient = any (array(
        select 'patient:' || id from unnest(person.records) id
        union all
        select 'account:' || own.account_id
        from account_patients own
        where own.patient_id = any (person.records)
        and own.relation = 'self'
      ))
    ),
    'messages', export_messages(person.records),
    'walk_ins', (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'day', walk_in.day, 'number', walk_in.number, 'location', location.name, 'doctor', doctor.name,
          'visit_type', visit.name, 'came_at', in_utc(walk_in.came_at), 'left_at', in_utc(walk_in.left_at),
          'appointment_id', walk_in.appointment_id
        )
        order by walk_in.came_at, walk_in.id
      ), '[]')
      from walk_ins walk_in
      join locations location on location.id = walk_in.location_id
      join visit_types visit on visit.id = walk_in.visit_type_id
      left join doctors doctor on doctor.id = walk_in.doctor_id
      where walk_in.patient_id = any (person.records)
    ),
    'flags', (
      select coalesce(jsonb_agg(
        jsonb_build_object('flag', flag.flag, 'set_at', in_utc(flag.set_at)) order by flag.set_at, flag.flag
      ), '[]')
      from patient_flags flag
      where flag.patient_id = any (person.records)
    )
  ) || export_history(person.records)
  from (select coalesce(moved_to_id, id) as id from patients where id = of_patient) kept
  cross join lateral (select records_of_person(kept.id) as records) person;
end;

-- Who takes part in an appointment besides its doctor and its patient: colleagues first, then companions.
create or replace function others_of(of_appointment bigint) returns jsonb
language sql
stable
return (
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'doctor_id', doctor.id, 'patient_id', patient.id, 'name', coalesce(doctor.name, patient.name), 'role', doctor.role
      )
      order by claim.part, abs(claim.resource_id)
    ),
    '[]'
  )
  from claims claim
  left join doctors doctor on claim.part = 'colleague' and doctor.id = claim.doctor_id
  left join patients patient on claim.part = 'companion' and patient.id = - claim.resource_id
  where claim.appointment_id = of_appointment
  and claim.part in ('colleague', 'companion')
);

-- The promise of the clinic: no minute of a doctor, and no minute of a patient, is given twice.
-- A null range (cancelled, no-show) overlaps nothing.
alter table appointments
  add constraint appointments_doctor_never_twice
  exclude using gist (doctor_id with =, occupied with &&) where (occupied is not null);
--> statement-breakpoint
alter table appointments
  add constraint appointments_patient_never_twice
  exclude using gist (patient_id with =, occupied with &&) where (occupied is not null);

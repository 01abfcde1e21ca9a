import { sql } from 'drizzle-orm'
import { bigint, check, customType, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { doctors } from './doctors.ts'
import { patients } from './patients.ts'

const tstzrange = customType<{ data: string }>({ dataType: () => 'tstzrange' })

/** The words of FHIR R4's Appointment.status that a clinic's own appointments go through. */
export const appointmentStatuses = [
  'pending',
  'booked',
  'arrived',
  'fulfilled',
  'cancelled',
  'noshow',
] as const

/**
 * The agreed meetings. Two exclusion constraints, which Drizzle cannot express, stand in
 * `migrations/0002_no_overlaps.sql`: neither a doctor nor a patient is ever occupied twice at one time.
 */
export const appointments = pgTable(
  'appointments',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    doctorId: bigint('doctor_id', { mode: 'number' })
      .notNull()
      .references(() => doctors.id),
    patientId: bigint('patient_id', { mode: 'number' })
      .notNull()
      .references(() => patients.id),
    status: text('status', { enum: appointmentStatuses }).notNull().default('booked'),
    startAt: timestamp('start_at', { withTimezone: true }).notNull(),
    endAt: timestamp('end_at', { withTimezone: true }).notNull(),
    /** `[start_at, end_at)` while the status occupies time, else null: what the constraints compare. */
    occupied: tstzrange('occupied').generatedAlwaysAs(
      sql`case when status in ('pending', 'booked', 'arrived', 'fulfilled') then tstzrange(start_at, end_at, '[)') end`,
    ),
  },
  (appointment) => [
    check(
      'appointments_status_is_fhir',
      sql`${appointment.status} in ('pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow')`,
    ),
    check('appointments_end_after_start', sql`${appointment.endAt} > ${appointment.startAt}`),
    check(
      'appointments_length_is_sane',
      sql`${appointment.endAt} - ${appointment.startAt} between interval '5 minutes' and interval '8 hours'`,
    ),
    index('appointments_by_doctor').on(appointment.doctorId, appointment.startAt),
    index('appointments_by_patient').on(appointment.patientId, appointment.startAt),
  ],
)

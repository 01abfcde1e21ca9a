import { sql } from 'drizzle-orm'
import { bigint, check, date, index, integer, pgTable, timestamp, unique } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { appointments } from './appointments.ts'
import { doctors } from './doctors.ts'
import { locations } from './locations.ts'
import { patients } from './patients.ts'
import { visitTypes } from './visit-types.ts'

/** Patients who came without an appointment and wait for a time, each with a number. */
export const walkIns = pgTable(
  'walk_ins',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    locationId: bigint('location_id', { mode: 'number' })
      .notNull()
      .references(() => locations.id),
    /** The date there. */
    day: date('day', { mode: 'string' }).notNull(),
    /** Counts from 1 on each day, without gaps. */
    number: integer('number').notNull(),
    patientId: bigint('patient_id', { mode: 'number' })
      .notNull()
      .references(() => patients.id),
    /** Null for any doctor. */
    doctorId: bigint('doctor_id', { mode: 'number' }).references(() => doctors.id),
    visitTypeId: bigint('visit_type_id', { mode: 'number' })
      .notNull()
      .references(() => visitTypes.id),
    cameAt: timestamp('came_at', { withTimezone: true }).notNull(),
    addedBy: bigint('added_by', { mode: 'number' }).references(() => accounts.id),
    /** What they were booked. */
    appointmentId: bigint('appointment_id', { mode: 'number' }).references(() => appointments.id),
    /** They went away again. */
    leftAt: timestamp('left_at', { withTimezone: true }),
  },
  (walkIn) => [
    unique('walk_ins_numbered_once').on(walkIn.locationId, walkIn.day, walkIn.number),
    index('walk_ins_by_patient').on(walkIn.patientId),
    index('walk_ins_by_appointment').on(walkIn.appointmentId).where(sql`${walkIn.appointmentId} is not null`),
    check('walk_ins_number_is_sane', sql`${walkIn.number} >= 1`),
    check('walk_ins_end_once', sql`${walkIn.appointmentId} is null or ${walkIn.leftAt} is null`),
  ],
)

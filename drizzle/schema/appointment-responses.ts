import { bigint, pgTable, timestamp } from 'drizzle-orm/pg-core'
import { appointments } from './appointments.ts'
import { patients } from './patients.ts'

/** "Yes, I'll come": it counts for this patient at the start that they saw, and no longer once that is not so any more. */
export const appointmentResponses = pgTable('appointment_responses', {
  appointmentId: bigint('appointment_id', { mode: 'number' })
    .primaryKey()
    .references(() => appointments.id),
  patientId: bigint('patient_id', { mode: 'number' })
    .notNull()
    .references(() => patients.id),
  startAt: timestamp('start_at', { withTimezone: true }).notNull(),
  respondedAt: timestamp('responded_at', { withTimezone: true }).notNull(),
})

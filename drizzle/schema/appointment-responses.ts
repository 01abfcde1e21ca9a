import { bigint, pgTable, timestamp } from 'drizzle-orm/pg-core'
import { appointments } from './appointments.ts'

/** "Yes, I'll come": it counts for the start that the person saw, and no longer once the appointment has moved. */
export const appointmentResponses = pgTable('appointment_responses', {
  appointmentId: bigint('appointment_id', { mode: 'number' })
    .primaryKey()
    .references(() => appointments.id),
  startAt: timestamp('start_at', { withTimezone: true }).notNull(),
  respondedAt: timestamp('responded_at', { withTimezone: true }).notNull(),
})

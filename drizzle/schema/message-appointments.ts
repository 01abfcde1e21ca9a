import { bigint, index, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { appointments } from './appointments.ts'
import { messages } from './messages.ts'

/** Which appointments a message is about, and which of their events it tells. */
export const messageAppointments = pgTable(
  'message_appointments',
  {
    messageId: bigint('message_id', { mode: 'number' })
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    appointmentId: bigint('appointment_id', { mode: 'number' })
      .notNull()
      .references(() => appointments.id),
    /** The first and the last event that it tells, both included. A reminder tells the last that it knows. */
    fromEvent: integer('from_event').notNull(),
    toEvent: integer('to_event').notNull(),
  },
  (about) => [
    primaryKey({ name: 'message_appointments_pkey', columns: [about.messageId, about.appointmentId] }),
    index('message_appointments_by_appointment').on(about.appointmentId),
  ],
)

import { bigint, boolean, index, integer, pgTable, primaryKey, timestamp } from 'drizzle-orm/pg-core'

/**
 * Events that somebody may have to be told of: `append_event` writes them in the transaction of the change, and
 * `plan_messages` turns them into messages and removes them. No foreign keys: they would cost every booking, and
 * appointments that were agreed are never deleted.
 */
export const outbox = pgTable(
  'outbox',
  {
    appointmentId: bigint('appointment_id', { mode: 'number' }).notNull(),
    /** Of the event. */
    number: integer('number').notNull(),
    patientId: bigint('patient_id', { mode: 'number' }),
    /** Made by the clinic or by another system, so that it waits for more of the same. */
    waits: boolean('waits').notNull(),
    readyAt: timestamp('ready_at', { withTimezone: true }).notNull(),
  },
  (event) => [
    primaryKey({ name: 'outbox_pkey', columns: [event.appointmentId, event.number] }),
    index('outbox_by_time').on(event.readyAt),
    index('outbox_by_patient').on(event.patientId),
  ],
)

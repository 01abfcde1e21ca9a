import { bigint, integer, jsonb, pgTable, timestamp } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { appointments } from './appointments.ts'

/**
 * The appointments whose time was taken away, or may have been. Which of them are still in the way is worked out when
 * somebody looks.
 */
export const strandings = pgTable('strandings', {
  appointmentId: bigint('appointment_id', { mode: 'number' })
    .primaryKey()
    .references(() => appointments.id, { onDelete: 'cascade' }),
  /** The number of its events at that moment. */
  version: integer('version').notNull(),
  /** What stood in its way, and when it was to start, when somebody said that it stays as it is. */
  staysWhy: jsonb('stays_why'),
  staysStartAt: timestamp('stays_start_at', { withTimezone: true }),
  staysBy: bigint('stays_by', { mode: 'number' }).references(() => accounts.id),
  staysAt: timestamp('stays_at', { withTimezone: true }),
})

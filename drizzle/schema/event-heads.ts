import { sql } from 'drizzle-orm'
import { bigint, customType, integer, pgTable, timestamp } from 'drizzle-orm/pg-core'

const bytea = customType<{ data: string }>({ dataType: () => 'bytea' })

/**
 * The anchor of each chain in `events`: how long it is and the hash of its last event. Only `append_event`,
 * `commit_old_reasons` and `forget_holds` write it. There is no foreign key, because an anchor has to outlast a removed
 * appointment to show it.
 */
export const eventHeads = pgTable('event_heads', {
  appointmentId: bigint('appointment_id', { mode: 'number' }).primaryKey(),
  eventCount: integer('event_count').notNull(),
  lastEventHash: bytea('last_event_hash').notNull(),
  /** By PostgreSQL's clock, whatever time the caller says it is. */
  writtenAt: timestamp('written_at', { withTimezone: true }).notNull().default(sql`now()`),
})

import { sql } from 'drizzle-orm'
import { bigint, customType, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const bytea = customType<{ data: string }>({ dataType: () => 'bytea' })

/** An appointment that was rightly removed with its events. It takes the place of the anchor in `event_heads`. */
export const tombstones = pgTable('tombstones', {
  appointmentId: bigint('appointment_id', { mode: 'number' }).primaryKey(),
  eventCount: integer('event_count').notNull(),
  lastEventHash: bytea('last_event_hash').notNull(),
  /** By PostgreSQL's clock. */
  removedAt: timestamp('removed_at', { withTimezone: true }).notNull().default(sql`now()`),
  why: text('why', { enum: ['hold_never_booked'] }).notNull(),
})

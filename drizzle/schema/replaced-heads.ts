import { sql } from 'drizzle-orm'
import { bigint, customType, index, integer, pgTable, timestamp } from 'drizzle-orm/pg-core'

const bytea = customType<{ data: string }>({ dataType: () => 'bytea' })

/**
 * The anchor that a chain had before it was hashed again, because an old event whose hash covered a plain reason had to be
 * erased. Someone who keeps copies of `event_heads` finds theirs here. Only `commit_old_reasons` writes it.
 */
export const replacedHeads = pgTable(
  'replaced_heads',
  {
    appointmentId: bigint('appointment_id', { mode: 'number' }).notNull(),
    eventCount: integer('event_count').notNull(),
    lastEventHash: bytea('last_event_hash').notNull(),
    replacedBy: bytea('replaced_by').notNull(),
    /** By PostgreSQL's clock. */
    replacedAt: timestamp('replaced_at', { withTimezone: true }).notNull().default(sql`now()`),
  },
  (head) => [index('replaced_heads_by_appointment').on(head.appointmentId)],
)

import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * How often something happened within an hour, which limits on signing in and alarms are measured by. Only
 * `count_security_event` writes it.
 */
export const securityCounts = pgTable(
  'security_counts',
  {
    /** A kind of security event. */
    kind: text('kind').notNull(),
    /** `everyone`, or a keyed hash after its kind: `network:…`, `wider:…` or `mailbox:…`. */
    subject: text('subject').notNull(),
    /** When the hour began. */
    since: timestamp('since', { withTimezone: true }).notNull(),
    times: integer('times').notNull(),
    /** The request that raised the alarm, by being the last of too many. */
    alarmRequestId: text('alarm_request_id'),
  },
  (count) => [
    primaryKey({ columns: [count.kind, count.subject, count.since] }),
    index('security_counts_by_hour').on(count.since),
    index('security_counts_with_alarm').on(count.since).where(sql`${count.alarmRequestId} is not null`),
    check('security_counts_are_positive', sql`${count.times} > 0`),
  ],
)

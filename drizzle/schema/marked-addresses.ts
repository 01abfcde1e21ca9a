import { sql } from 'drizzle-orm'
import { check, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** Addresses that nothing is sent to any more: it came back, or its owner called it spam. */
export const markedAddresses = pgTable(
  'marked_addresses',
  {
    channel: text('channel').notNull(),
    address: text('address').notNull(),
    reason: text('reason', { enum: ['bounced', 'complained'] }).notNull(),
    markedAt: timestamp('marked_at', { withTimezone: true }).notNull(),
  },
  (marked) => [
    primaryKey({ name: 'marked_addresses_pkey', columns: [marked.channel, marked.address] }),
    check('marked_addresses_channel_is_known', sql`${marked.channel} in ('email', 'whatsapp', 'sms')`),
    check('marked_addresses_reason_is_known', sql`${marked.reason} in ('bounced', 'complained')`),
  ],
)

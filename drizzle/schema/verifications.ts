import { bigint, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** The previous release's codes. Nothing writes here any more; docs/decisions.md says when the table goes. */
export const verifications = pgTable(
  'verifications',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (verification) => [
    index('verifications_by_identifier').on(verification.identifier),
    index('verifications_by_expiry').on(verification.expiresAt),
  ],
)

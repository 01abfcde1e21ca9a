import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  customType,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'

const bytea = customType<{ data: string }>({ dataType: () => 'bytea' })

/**
 * Finished requests by the client's `Idempotency-Key`, so that a repeat gets the first answer. A row commits together with
 * the request's changes.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    accountId: bigint('account_id', { mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    key: text('key').notNull(),
    /** SHA-256 of the whole request. */
    fingerprint: bytea('fingerprint').notNull(),
    claimedAt: timestamp('claimed_at', { withTimezone: true }).notNull(),
    /** The rows that each statement returned. */
    answers: jsonb('answers').notNull().default([]),
  },
  (claim) => [
    primaryKey({ columns: [claim.accountId, claim.key] }),
    check('idempotency_keys_length_is_sane', sql`length(${claim.key}) between 1 and 255`),
    index('idempotency_keys_by_age').on(claim.claimedAt),
  ],
)

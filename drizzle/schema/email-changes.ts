import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'

/** Requests to change an account's address. Codes from both mailboxes confirm one, in the session that asked. */
export const emailChanges = pgTable(
  'email_changes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: bigint('account_id', { mode: 'number' })
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** In lower case. */
    newEmail: text('new_email').notNull(),
    /** Of the session that asked: SHA-256 of its token, in hexadecimal. */
    sessionHash: text('session_hash').notNull(),
    /** A keyed hash of both codes together; null when the new address has an account, and nothing can confirm. */
    codesHash: text('codes_hash'),
    /** SHA-256 of the token with which the old mailbox stops it, in hexadecimal. */
    stopHash: text('stop_hash').notNull(),
    attempts: smallint('attempts').notNull().default(0),
    askedAt: timestamp('asked_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    /** When it was confirmed, stopped or replaced by another. */
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (change) => [
    check('email_changes_email_is_lower_case', sql`${change.newEmail} = lower(${change.newEmail})`),
    index('email_changes_by_account').on(change.accountId, change.askedAt),
    index('email_changes_by_email').on(change.newEmail, change.askedAt),
    index('email_changes_by_stop').on(change.stopHash),
    index('email_changes_by_expiry').on(change.expiresAt),
  ],
)

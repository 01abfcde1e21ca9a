import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'

export const signInMethods = ['code', 'passkey', 'code_and_passkey', 'link'] as const
export type SignInMethod = (typeof signInMethods)[number]

/** One for each browser in which an account is signed in. */
export const sessions = pgTable(
  'sessions',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: bigint('account_id', { mode: 'number' })
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** SHA-256 of the token in the browser's cookie, in hexadecimal. */
    tokenHash: text('token_hash').unique('sessions_token_hash_once'),
    /** Only the previous release writes this; docs/decisions.md says when it goes. */
    token: text('token').unique('sessions_token_once'),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    /** Five minutes out of date at most while the session is in use. */
    lastSeenAt: timestamp('last_seen_at', { withTimezone: true }).notNull().defaultNow(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    /** Such as `Firefox on Windows` and `Bandung, ID`; people recognise their sessions by them. */
    device: text('device'),
    place: text('place'),
    /** How the person proved who they are; a passkey is the second factor after a code. */
    signedInWith: text('signed_in_with', { enum: signInMethods }).notNull().default('code'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (session) => [
    index('sessions_by_account').on(session.accountId),
    index('sessions_by_expiry').on(session.expiresAt),
    check(
      'sessions_method_is_known',
      sql`${session.signedInWith} in ('code', 'passkey', 'code_and_passkey', 'link')`,
    ),
  ],
)

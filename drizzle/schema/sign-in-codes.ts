import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core'

/** Codes that were mailed. A six-digit code works only in the browser that asked for it. */
export const signInCodes = pgTable(
  'sign_in_codes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** In lower case; it need not have an account. */
    email: text('email').notNull(),
    /** SHA-256 of the name in the browser's cookie, in hexadecimal; `any` when the code works in every browser. */
    browserHash: text('browser_hash').notNull(),
    /** A keyed hash of the network that asked. */
    networkHash: text('network_hash').notNull(),
    /** A keyed hash of the wider IPv6 network around it. */
    widerHash: text('wider_hash'),
    /** A keyed hash of the code, the address and the browser: six digits alone are quickly guessed. */
    codeHash: text('code_hash').notNull(),
    attempts: smallint('attempts').notNull().default(0),
    sentAt: timestamp('sent_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    usedAt: timestamp('used_at', { withTimezone: true }),
  },
  (code) => [
    index('sign_in_codes_by_email').on(code.email, code.sentAt),
    index('sign_in_codes_by_expiry').on(code.expiresAt),
    check('sign_in_codes_email_is_lower_case', sql`${code.email} = lower(${code.email})`),
    check('sign_in_codes_attempts_are_few', sql`${code.attempts} between 0 and 5`),
  ],
)

import { sql } from 'drizzle-orm'
import { bigint, boolean, check, customType, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'

const bytea = customType<{ data: string }>({ dataType: () => 'bytea' })

/** WebAuthn credentials with which an account signs in. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: bigint('account_id', { mode: 'number' })
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** In base64url, as the authenticator chose it. */
    credentialId: text('credential_id').notNull().unique('passkeys_credential_once'),
    publicKey: bytea('public_key').notNull(),
    /** How often the authenticator says it has signed; 0 from those that do not count. */
    counter: bigint('counter', { mode: 'number' }).notNull().default(0),
    transports: text('transports').array().notNull().default(sql`'{}'`),
    /** Whether the person's other devices have it too. */
    isBackedUp: boolean('is_backed_up').notNull().default(false),
    /** What the person calls it. */
    name: text('name').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    /** A challenge is accepted only if it is newer, so each works once. */
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }).notNull(),
  },
  (passkey) => [
    index('passkeys_by_account').on(passkey.accountId),
    check('passkeys_name_is_written', sql`${passkey.name} ~ '\\S' and length(${passkey.name}) <= 100`),
  ],
)

import { sql } from 'drizzle-orm'
import { type AnyPgColumn, bigint, check, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { accounts, roles } from './accounts.ts'
import { isLegible } from './legible.ts'

export const scopes = ['appointments:read', 'appointments:write', 'clinic:manage', 'accounts:manage'] as const
export type Scope = (typeof scopes)[number]

/** Bearer keys of other systems. The key itself is shown once and never stored. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    name: text('name').notNull(),
    /** SHA-256 of the key, in hexadecimal. */
    keyHash: text('key_hash').notNull().unique('api_keys_hash_once'),
    /** The account it acts for; a patient's key acts for that account's patients. */
    ownerId: bigint('owner_id', { mode: 'number' })
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    role: text('role', { enum: roles }).notNull(),
    scopes: text('scopes', { enum: scopes }).array().notNull(),
    /** The key that issued it, if a key did: revoking that one revokes this one too. */
    issuedByKeyId: bigint('issued_by_key_id', { mode: 'number' }).references((): AnyPgColumn => apiKeys.id),
    /** The account that issued it; null from a terminal. */
    issuedBy: bigint('issued_by', { mode: 'number' }).references(() => accounts.id),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (key) => [
    index('api_keys_by_owner').on(key.ownerId),
    index('api_keys_by_issuer').on(key.issuedByKeyId),
    check('api_keys_name_is_written', sql`${key.name} ~ '\\S'`),
    check('api_keys_name_is_legible', isLegible(key.name)),
    check('api_keys_role_is_known', sql`${key.role} in ('patient', 'front_desk', 'doctor', 'admin')`),
    check(
      'api_keys_scopes_are_known',
      sql`${key.scopes} <@ array['appointments:read', 'appointments:write', 'clinic:manage', 'accounts:manage']`,
    ),
  ],
)

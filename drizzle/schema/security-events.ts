import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

export const securityEventKinds = [
  'sign_in.code_sent',
  'sign_in.refused',
  'sign_in.succeeded',
  'session.ended',
  'passkey.added',
  'passkey.removed',
  'account.closed',
  'email.change_asked',
  'email.change_stopped',
  'email.changed',
  'email.restored',
  'role.changed',
  'api_key.issued',
  'api_key.revoked',
  'data.exported',
  'data.erased',
  'settings.changed',
  'invitation.accepted',
  'invitation.refused',
] as const
export type SecurityEventKind = (typeof securityEventKinds)[number]

/**
 * Who got in, who did not, and whose rights changed. Append-only for the Worker, and never a name, an address
 * or anything a person wrote. Only `record_security_event` writes it.
 */
export const securityEvents = pgTable(
  'security_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    /** One of `securityEventKinds`; a new kind needs no migration. */
    kind: text('kind', { enum: securityEventKinds }).notNull(),
    /** The account that it is about; null when no account has the mailbox yet. */
    accountId: bigint('account_id', { mode: 'number' }),
    actorKind: text('actor_kind').notNull(),
    /** Who did it, if anyone was signed in, and with which key. */
    byAccountId: bigint('by_account_id', { mode: 'number' }),
    byApiKeyId: bigint('by_api_key_id', { mode: 'number' }),
    requestId: text('request_id'),
    /** A keyed hash of the network that asked, and where Cloudflare thinks it is. */
    networkHash: text('network_hash'),
    place: text('place'),
    /** What the kind adds: `from` and `to` of a role, the scopes of a key. */
    details: jsonb('details').notNull().default({}),
  },
  (event) => [
    index('security_events_by_time').on(event.at, event.id),
    index('security_events_by_account').on(event.accountId, event.at),
    index('security_events_by_network').on(event.networkHash, event.at),
    index('security_events_by_kind').on(event.kind, event.at),
    check('security_events_kind_is_one', sql`${event.kind} ~ '^[a-z_]{1,40}[.][a-z_]{1,40}$'`),
  ],
)

import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core'
import { settingsSubjects } from './settings-states.ts'

/** Who changed what of the clinic's set-up, and when. Append-only; only `record_settings` writes it. */
export const settingsEvents = pgTable(
  'settings_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** As in `settings_states`. */
    subject: text('subject', { enum: settingsSubjects }).notNull(),
    key: text('key').notNull(),
    /** The version that the change made. */
    version: integer('version').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    actorKind: text('actor_kind').notNull(),
    accountId: bigint('account_id', { mode: 'number' }),
    apiKeyId: bigint('api_key_id', { mode: 'number' }),
    requestId: text('request_id'),
    /** The fields that changed, as they were; null when it was added. */
    before: jsonb('before'),
    /** The same, as they are; null when it was removed. */
    after: jsonb('after'),
  },
  (event) => [
    unique('settings_events_numbered_once').on(event.subject, event.key, event.version),
    index('settings_events_by_time').on(event.at, event.id),
    index('settings_events_by_account').on(event.accountId, event.id),
    check('settings_events_say_something', sql`${event.before} is not null or ${event.after} is not null`),
  ],
)

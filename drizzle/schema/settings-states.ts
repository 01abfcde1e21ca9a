import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** What admins manage. Each has a version, and a history in `settings_events`. */
export const settingsSubjects = [
  'clinic',
  'location',
  'doctor',
  'visit_type',
  'resource',
  'account',
  'api_key',
  'message_text',
  'time_off',
  'closure',
  'resource_absence',
  'travel_times',
] as const

/** How each thing that admins manage was when its last change was recorded. Only `record_settings` writes it. */
export const settingsStates = pgTable(
  'settings_states',
  {
    subject: text('subject', { enum: settingsSubjects }).notNull(),
    /** Its id; of a message text `kind:language:channel`; of what there is only one of, empty. */
    key: text('key').notNull(),
    /** Counts the changes from 1. */
    version: integer('version').notNull(),
    /** As `settings_of` reads it; null once it is gone. */
    state: jsonb('state'),
  },
  (one) => [primaryKey({ name: 'settings_states_pkey', columns: [one.subject, one.key] })],
)

import { boolean, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** What recipients have chosen to get, or not, by kind of message. Without a row they get it. */
export const messagePreferences = pgTable(
  'message_preferences',
  {
    /** As in `messages`. */
    recipient: text('recipient').notNull(),
    kind: text('kind').notNull(),
    isWanted: boolean('is_wanted').notNull(),
    chosenAt: timestamp('chosen_at', { withTimezone: true }).notNull(),
  },
  (choice) => [primaryKey({ name: 'message_preferences_pkey', columns: [choice.recipient, choice.kind] })],
)

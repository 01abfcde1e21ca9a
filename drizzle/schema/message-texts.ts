import { sql } from 'drizzle-orm'
import { bigint, check, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'

/** Texts of messages that the clinic wrote itself. Without a row, ours is sent. */
export const messageTexts = pgTable(
  'message_texts',
  {
    /** As in `messages`. */
    kind: text('kind').notNull(),
    language: text('language', { enum: ['en', 'id'] }).notNull(),
    channel: text('channel', { enum: ['email', 'sms'] }).notNull(),
    /** Empty except for email. */
    subject: text('subject').notNull(),
    /** With fields in braces. */
    body: text('body').notNull(),
    changedBy: bigint('changed_by', { mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    changedAt: timestamp('changed_at', { withTimezone: true }).notNull(),
  },
  (own) => [
    primaryKey({ name: 'message_texts_pkey', columns: [own.kind, own.language, own.channel] }),
    check('message_texts_languages_are_known', sql`${own.language} in ('en', 'id')`),
    check('message_texts_channels_are_known', sql`${own.channel} in ('email', 'sms')`),
    check(
      'message_texts_are_of_a_length',
      sql`length(${own.subject}) <= 200 and length(${own.body}) between 1 and 2000`,
    ),
  ],
)

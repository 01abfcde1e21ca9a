import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { isLegible } from './legible.ts'
import { locations } from './locations.ts'

/** What everyone at a location should know for now. It is shown until it expires or someone clears it. */
export const dayNotes = pgTable(
  'day_notes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    locationId: bigint('location_id', { mode: 'number' })
      .notNull()
      .references(() => locations.id),
    text: text('text').notNull(),
    writtenBy: bigint('written_by', { mode: 'number' }).references(() => accounts.id),
    writtenAt: timestamp('written_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    clearedAt: timestamp('cleared_at', { withTimezone: true }),
    clearedBy: bigint('cleared_by', { mode: 'number' }).references(() => accounts.id),
  },
  (note) => [
    index('day_notes_by_location').on(note.locationId, note.expiresAt),
    check('day_notes_text_is_sane', sql`${note.text} ~ '\\S' and length(${note.text}) <= 300`),
    check('day_notes_text_is_legible', isLegible(note.text)),
    check('day_notes_expire_after_writing', sql`${note.expiresAt} > ${note.writtenAt}`),
  ],
)

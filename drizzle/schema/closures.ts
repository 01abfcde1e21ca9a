import { sql } from 'drizzle-orm'
import { bigint, check, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core'
import { locations } from './locations.ts'

/** A location is closed during `[starts_at, ends_at)` on its wall clock. Existing appointments stay. */
export const closures = pgTable(
  'closures',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    locationId: bigint('location_id', { mode: 'number' })
      .notNull()
      .references(() => locations.id),
    startsAt: timestamp('starts_at', { mode: 'string' }).notNull(),
    endsAt: timestamp('ends_at', { mode: 'string' }).notNull(),
    reason: text('reason'),
  },
  (closure) => [
    unique('closures_once').on(closure.locationId, closure.endsAt, closure.startsAt),
    check('closures_end_after_start', sql`${closure.endsAt} > ${closure.startsAt}`),
  ],
)

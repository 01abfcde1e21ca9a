import { sql } from 'drizzle-orm'
import { bigint, check, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core'
import { resources } from './resources.ts'

/**
 * A room or device cannot be used during `[starts_at, ends_at)` on its location's wall clock, such as for maintenance.
 * Existing appointments stay.
 */
export const resourceAbsences = pgTable(
  'resource_absences',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    resourceId: bigint('resource_id', { mode: 'number' })
      .notNull()
      .references(() => resources.id),
    startsAt: timestamp('starts_at', { mode: 'string' }).notNull(),
    endsAt: timestamp('ends_at', { mode: 'string' }).notNull(),
    reason: text('reason'),
  },
  (absence) => [
    unique('resource_absences_once').on(absence.resourceId, absence.endsAt, absence.startsAt),
    check('resource_absences_end_after_start', sql`${absence.endsAt} > ${absence.startsAt}`),
  ],
)

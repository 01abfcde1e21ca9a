import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, smallint, time } from 'drizzle-orm/pg-core'
import { resources } from './resources.ts'

/**
 * One range `[opens_at, closes_at)` of one weekday in which a room or device can be used, on its location's wall clock.
 * Without any, it can always be used.
 */
export const resourceHours = pgTable(
  'resource_hours',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    resourceId: bigint('resource_id', { mode: 'number' })
      .notNull()
      .references(() => resources.id),
    /** ISO 8601: 1 is Monday, 7 is Sunday. */
    weekday: smallint('weekday').notNull(),
    opensAt: time('opens_at').notNull(),
    closesAt: time('closes_at').notNull(),
  },
  (hours) => [
    check('resource_hours_weekday_is_iso', sql`${hours.weekday} between 1 and 7`),
    check('resource_hours_close_after_opening', sql`${hours.closesAt} > ${hours.opensAt}`),
    index('resource_hours_by_resource').on(hours.resourceId, hours.weekday),
  ],
)

import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, primaryKey, smallint } from 'drizzle-orm/pg-core'
import { locations } from './locations.ts'

/** How long a doctor is on the way between two locations, in either direction. That time is kept free. */
export const travelTimes = pgTable(
  'travel_times',
  {
    /** The lower id of the two. */
    oneLocationId: bigint('one_location_id', { mode: 'number' })
      .notNull()
      .references(() => locations.id),
    otherLocationId: bigint('other_location_id', { mode: 'number' })
      .notNull()
      .references(() => locations.id),
    minutes: smallint('minutes').notNull(),
  },
  (way) => [
    primaryKey({ name: 'travel_times_pkey', columns: [way.oneLocationId, way.otherLocationId] }),
    index('travel_times_by_other').on(way.otherLocationId, way.minutes),
    check('travel_times_lower_id_first', sql`${way.oneLocationId} < ${way.otherLocationId}`),
    check('travel_times_are_sane', sql`${way.minutes} between 1 and 480`),
  ],
)

import { sql } from 'drizzle-orm'
import { bigint, check, date, index, pgTable, smallint, time } from 'drizzle-orm/pg-core'
import { doctors } from './doctors.ts'
import { locations } from './locations.ts'

/**
 * One range `[opens_at, closes_at)` of one weekday, on the wall clock of the doctor's location. Breaks are the gaps between
 * rows. The row applies from `starts_on` to `ends_on`, both included; null means no limit.
 */
export const weeklyHours = pgTable(
  'weekly_hours',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    doctorId: bigint('doctor_id', { mode: 'number' })
      .notNull()
      .references(() => doctors.id),
    /** Null, from the previous release, means the doctor's first location. */
    locationId: bigint('location_id', { mode: 'number' }).references(() => locations.id),
    /** ISO 8601: 1 is Monday, 7 is Sunday. */
    weekday: smallint('weekday').notNull(),
    opensAt: time('opens_at').notNull(),
    closesAt: time('closes_at').notNull(),
    startsOn: date('starts_on'),
    endsOn: date('ends_on'),
  },
  (hours) => [
    check('weekly_hours_weekday_is_iso', sql`${hours.weekday} between 1 and 7`),
    check('weekly_hours_close_after_opening', sql`${hours.closesAt} > ${hours.opensAt}`),
    check('weekly_hours_end_after_start', sql`${hours.endsOn} >= ${hours.startsOn}`),
    index('weekly_hours_by_doctor').on(hours.doctorId, hours.weekday),
  ],
)

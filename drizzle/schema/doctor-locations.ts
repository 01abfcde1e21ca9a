import { bigint, index, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { doctors } from './doctors.ts'
import { locations } from './locations.ts'

/** Where a doctor works. All of a doctor's locations have the same time zone. */
export const doctorLocations = pgTable(
  'doctor_locations',
  {
    doctorId: bigint('doctor_id', { mode: 'number' })
      .notNull()
      .references(() => doctors.id),
    locationId: bigint('location_id', { mode: 'number' })
      .notNull()
      .references(() => locations.id),
  },
  (pair) => [
    primaryKey({ name: 'doctor_locations_pkey', columns: [pair.doctorId, pair.locationId] }),
    index('doctor_locations_by_location').on(pair.locationId, pair.doctorId),
  ],
)

import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { isLegible } from './legible.ts'
import { locations } from './locations.ts'

export const doctors = pgTable(
  'doctors',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    locationId: bigint('location_id', { mode: 'number' })
      .notNull()
      .references(() => locations.id),
    name: text('name').notNull(),
    specialty: text('specialty').notNull().default('General practice'),
    /** Online appointments start at multiples of it from midnight, on the wall clock: 20 means :00, :20 and :40. */
    gridMinutes: smallint('grid_minutes').notNull().default(15),
  },
  (doctor) => [
    check('doctors_name_is_written', sql`${doctor.name} ~ '\\S'`),
    check('doctors_name_is_legible', isLegible(doctor.name)),
    check('doctors_specialty_is_written', sql`${doctor.specialty} ~ '\\S'`),
    check(
      'doctors_grid_divides_the_day',
      sql`${doctor.gridMinutes} between 5 and 720 and ${doctor.gridMinutes} % 5 = 0 and 1440 % ${doctor.gridMinutes} = 0`,
    ),
    index('doctors_by_name').on(doctor.name, doctor.id),
    index('doctors_by_location').on(doctor.locationId),
    index('doctors_by_specialty').on(doctor.specialty),
  ],
)

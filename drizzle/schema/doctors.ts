import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { isLegible } from './legible.ts'
import { locations } from './locations.ts'
import { nextResourceId } from './resources.ts'

export const doctors = pgTable(
  'doctors',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** What claims take. Two rows of the same person share it. */
    resourceId: bigint('resource_id', { mode: 'number' }).notNull().default(nextResourceId),
    /** The first of `doctor_locations`, which the previous release reads. */
    locationId: bigint('location_id', { mode: 'number' })
      .notNull()
      .references(() => locations.id),
    name: text('name').notNull(),
    specialty: text('specialty').notNull().default('General practice'),
    /** What they do, in the clinic's words: `doctor`, `nurse`, `interpreter`. Visit types ask for roles. */
    role: text('role').notNull().default('doctor'),
    /** False once they are retired: nothing new takes them. */
    isActive: boolean('is_active').notNull().default(true),
    /** False: patients do not see them and cannot book them; staff can. */
    isListed: boolean('is_listed').notNull().default(true),
    /** Lists begin with the lowest; then come names. */
    sortOrder: smallint('sort_order').notNull().default(0),
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
    check('doctors_role_is_written', sql`${doctor.role} ~ '\\S' and length(${doctor.role}) <= 60`),
    check('doctors_role_is_legible', isLegible(doctor.role)),
    check('doctors_order_is_sane', sql`${doctor.sortOrder} between 0 and 1000`),
    index('doctors_by_resource').on(doctor.resourceId),
    index('doctors_by_name').on(doctor.name, doctor.id),
    index('doctors_in_order').on(doctor.sortOrder, doctor.name, doctor.id),
    index('doctors_by_location').on(doctor.locationId),
    index('doctors_by_specialty').on(doctor.specialty),
  ],
)

import { sql } from 'drizzle-orm'
import { bigint, check, pgTable, text } from 'drizzle-orm/pg-core'
import { locations } from './locations.ts'

export const doctors = pgTable(
  'doctors',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    locationId: bigint('location_id', { mode: 'number' })
      .notNull()
      .references(() => locations.id),
    name: text('name').notNull(),
  },
  (doctor) => [check('doctors_name_is_written', sql`${doctor.name} ~ '\\S'`)],
)

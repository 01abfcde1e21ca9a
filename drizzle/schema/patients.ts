import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { isLegible } from './legible.ts'

export const patients = pgTable(
  'patients',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    name: text('name').notNull(),
    /** A person who signs in with this address joins this record. Children and telephone patients have none. */
    email: text('email'),
  },
  (patient) => [
    check('patients_name_is_written', sql`${patient.name} ~ '\\S'`),
    check('patients_name_is_legible', isLegible(patient.name)),
    check('patients_email_is_lower_case', sql`${patient.email} = lower(${patient.email})`),
    uniqueIndex('patients_email_once').on(patient.email),
    // Finds any part of a name.
    index('patients_by_part_of_name').using('gin', patient.name.op('gin_trgm_ops')),
  ],
)

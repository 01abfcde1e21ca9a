import { sql } from 'drizzle-orm'
import { bigint, check, date, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { isLegible } from './legible.ts'

/**
 * A person who is treated here, with or without an account. A trigger keeps `patient_search_keys` in step with the columns
 * by which people are found.
 */
export const patients = pgTable(
  'patients',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    name: text('name').notNull(),
    /** What to call them, when it is not their name. */
    calledName: text('called_name'),
    birthDate: date('birth_date', { mode: 'string' }),
    /** E.164, such as `+6281234567890`. */
    phone: text('phone'),
    /** A person who signs in with this address joins this record. Children and telephone patients have none. */
    email: text('email'),
  },
  (patient) => [
    check('patients_name_is_written', sql`${patient.name} ~ '\\S'`),
    check('patients_name_is_legible', isLegible(patient.name)),
    check('patients_email_is_lower_case', sql`${patient.email} = lower(${patient.email})`),
    check('patients_called_name_is_written', sql`${patient.calledName} ~ '\\S'`),
    check('patients_called_name_is_legible', isLegible(patient.calledName)),
    check('patients_birth_date_is_sane', sql`${patient.birthDate} >= '1850-01-01'`),
    check('patients_phone_is_e164', sql`${patient.phone} ~ '^[+][1-9][0-9]{6,14}$'`),
    uniqueIndex('patients_email_once').on(patient.email),
    // Finds any part of a name.
    index('patients_by_part_of_name').using('gin', patient.name.op('gin_trgm_ops')),
  ],
)

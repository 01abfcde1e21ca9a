import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { patients } from './patients.ts'

/** Who issues identifiers: Indonesia's NIK and BPJS, passports, and the clinic's own record numbers. */
export const identifierIssuers = ['nik', 'bpjs', 'passport', 'record'] as const

/** A number by which someone outside, or the clinic's own filing, knows a patient. No two patients share one. */
export const patientIdentifiers = pgTable(
  'patient_identifiers',
  {
    patientId: bigint('patient_id', { mode: 'number' })
      .notNull()
      .references(() => patients.id),
    issuer: text('issuer', { enum: identifierIssuers }).notNull(),
    /** In upper case, without spaces. A passport's begins with its country: `ID:X1234567`. */
    value: text('value').notNull(),
  },
  (identifier) => [
    primaryKey({ name: 'patient_identifiers_pkey', columns: [identifier.issuer, identifier.value] }),
    index('patient_identifiers_by_patient').on(identifier.patientId),
    check(
      'patient_identifiers_issuer_is_known',
      sql`${identifier.issuer} in ('nik', 'bpjs', 'passport', 'record')`,
    ),
    check('patient_identifiers_value_is_sane', sql`${identifier.value} ~ '^[0-9A-Z:./-]{1,40}$'`),
  ],
)

import { bigint, customType, index, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { patients } from './patients.ts'

/** Compared byte by byte, so that one index finds everything that begins with a prefix. */
const textInC = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

/**
 * What patients are found by; `patient_keys` makes the keys. A patient's keys are replaced by a trigger, because everything
 * that writes a patient, an import or an erasure too, must also change what finds them.
 */
export const patientSearchKeys = pgTable(
  'patient_search_keys',
  {
    key: textInC('key').notNull(),
    patientId: bigint('patient_id', { mode: 'number' })
      .notNull()
      .references(() => patients.id, { onDelete: 'cascade' }),
  },
  (pair) => [
    primaryKey({ name: 'patient_search_keys_pkey', columns: [pair.patientId, pair.key] }),
    index('patient_search_keys_by_key').on(pair.key, pair.patientId),
  ],
)

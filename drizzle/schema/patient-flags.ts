import { sql } from 'drizzle-orm'
import { bigint, check, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { patients } from './patients.ts'

export const patientFlags = ['form_missing', 'interpreter', 'balance'] as const

/** What the front desk must know when a patient comes. Other systems set flags through the API; no amount, no form is kept. */
export const flags = pgTable(
  'patient_flags',
  {
    patientId: bigint('patient_id', { mode: 'number' })
      .notNull()
      .references(() => patients.id),
    flag: text('flag', { enum: patientFlags }).notNull(),
    setAt: timestamp('set_at', { withTimezone: true }).notNull(),
    accountId: bigint('account_id', { mode: 'number' }),
    apiKeyId: bigint('api_key_id', { mode: 'number' }),
  },
  (row) => [
    primaryKey({ columns: [row.patientId, row.flag] }),
    check('patient_flags_are_known', sql`${row.flag} in ('form_missing', 'interpreter', 'balance')`),
  ],
)

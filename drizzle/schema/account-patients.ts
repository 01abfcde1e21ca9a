import { sql } from 'drizzle-orm'
import { bigint, check, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { patients } from './patients.ts'

/** The patients an account may act for: its own person, and dependants such as a child or a parent. */
export const accountPatients = pgTable(
  'account_patients',
  {
    accountId: bigint('account_id', { mode: 'number' })
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    patientId: bigint('patient_id', { mode: 'number' })
      .notNull()
      .references(() => patients.id),
    relation: text('relation', { enum: ['self', 'dependant'] }).notNull(),
  },
  (pair) => [
    primaryKey({ name: 'account_patients_pkey', columns: [pair.accountId, pair.patientId] }),
    check('account_patients_relation_is_known', sql`${pair.relation} in ('self', 'dependant')`),
  ],
)

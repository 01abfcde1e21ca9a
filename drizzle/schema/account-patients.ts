import { sql } from 'drizzle-orm'
import { bigint, check, date, index, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
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
    linkedAt: timestamp('linked_at', { withTimezone: true }).notNull().defaultNow(),
    /** The first day on which the account may no longer act for a dependant; a trigger sets it. */
    endsOn: date('ends_on', { mode: 'string' }),
    /** When the account was told that the link ends. */
    noticeSentAt: timestamp('notice_sent_at', { withTimezone: true }),
  },
  (pair) => [
    primaryKey({ name: 'account_patients_pkey', columns: [pair.accountId, pair.patientId] }),
    index('account_patients_by_patient').on(pair.patientId),
    index('account_patients_by_end').on(pair.endsOn).where(sql`${pair.endsOn} is not null`),
    check('account_patients_relation_is_known', sql`${pair.relation} in ('self', 'dependant')`),
  ],
)

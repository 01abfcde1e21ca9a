import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, pgTable, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { patients } from './patients.ts'

/** Two records of one person that became one, with what is needed to undo it. */
export const patientMerges = pgTable(
  'patient_merges',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    fromId: bigint('from_id', { mode: 'number' })
      .notNull()
      .references(() => patients.id),
    intoId: bigint('into_id', { mode: 'number' })
      .notNull()
      .references(() => patients.id),
    mergedAt: timestamp('merged_at', { withTimezone: true }).notNull(),
    mergedById: bigint('merged_by_id', { mode: 'number' }).references(() => accounts.id),
    /** The appointments that moved. */
    appointmentIds: bigint('appointment_ids', { mode: 'number' }).array().notNull(),
    /** The rows of `account_patients` that moved, as they were, each with the one that it `replaced`. */
    links: jsonb('links').notNull().default([]),
    /** The columns that were empty in the record that stays and were filled from the other, which still has the values. */
    filled: jsonb('filled').notNull().default([]),
    undoneAt: timestamp('undone_at', { withTimezone: true }),
    undoneById: bigint('undone_by_id', { mode: 'number' }).references(() => accounts.id),
  },
  (merge) => [
    check('patient_merges_join_two', sql`${merge.fromId} <> ${merge.intoId}`),
    uniqueIndex('patient_merges_one_in_force').on(merge.fromId).where(sql`${merge.undoneAt} is null`),
    index('patient_merges_by_from').on(merge.fromId, merge.id),
    index('patient_merges_by_into').on(merge.intoId),
  ],
)

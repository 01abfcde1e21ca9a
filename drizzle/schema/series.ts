import { bigint, jsonb, pgTable, timestamp } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { doctors } from './doctors.ts'
import { patients } from './patients.ts'
import { visitTypes } from './visit-types.ts'

/** Appointments that were booked together by one rule, at the same time on the wall clock. */
export const series = pgTable('series', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  patientId: bigint('patient_id', { mode: 'number' })
    .notNull()
    .references(() => patients.id),
  doctorId: bigint('doctor_id', { mode: 'number' })
    .notNull()
    .references(() => doctors.id),
  visitTypeId: bigint('visit_type_id', { mode: 'number' }).references(() => visitTypes.id),
  /** As it was asked for. */
  rule: jsonb('rule').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  createdById: bigint('created_by_id', { mode: 'number' }).references(() => accounts.id),
})

import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { patients } from './patients.ts'

/** A patient's wish to have their name, birth date or sex corrected, which the front desk accepts or declines. */
export const correctionRequests = pgTable(
  'correction_requests',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    patientId: bigint('patient_id', { mode: 'number' })
      .notNull()
      .references(() => patients.id),
    accountId: bigint('account_id', { mode: 'number' }).references(() => accounts.id),
    /** The columns of `patients` to change, and what they should be. */
    changes: jsonb('changes').notNull(),
    status: text('status', { enum: ['open', 'accepted', 'declined', 'withdrawn'] })
      .notNull()
      .default('open'),
    requestedAt: timestamp('requested_at', { withTimezone: true }).notNull(),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
    decidedById: bigint('decided_by_id', { mode: 'number' }).references(() => accounts.id),
    /** Why it was declined; the patient reads it. */
    reason: text('reason'),
  },
  (request) => [
    check(
      'correction_requests_status_is_known',
      sql`${request.status} in ('open', 'accepted', 'declined', 'withdrawn')`,
    ),
    uniqueIndex('correction_requests_one_open').on(request.patientId).where(sql`${request.status} = 'open'`),
    index('correction_requests_open').on(request.id).where(sql`${request.status} = 'open'`),
    index('correction_requests_by_patient').on(request.patientId, request.id),
  ],
)

import { bigint, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { accounts, roles } from './accounts.ts'
import { patients } from './patients.ts'

/** Which of the clinic's own people, or which key, opened whose record, and when. Append-only. */
export const patientAccesses = pgTable(
  'patient_accesses',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    patientId: bigint('patient_id', { mode: 'number' })
      .notNull()
      .references(() => patients.id),
    at: timestamp('at', { withTimezone: true }).notNull(),
    /** Their role at the time. */
    actorKind: text('actor_kind', { enum: roles }).notNull(),
    accountId: bigint('account_id', { mode: 'number' }).references(() => accounts.id),
    apiKeyId: bigint('api_key_id', { mode: 'number' }),
    /** What they saw. */
    what: text('what', { enum: ['record', 'history', 'export'] }).notNull(),
    requestId: text('request_id'),
  },
  (access) => [
    index('patient_accesses_by_patient').on(access.patientId, access.at),
    index('patient_accesses_by_time').on(access.at),
  ],
)

import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { patients } from './patients.ts'

export const patientEventKinds = [
  'patient.registered',
  'patient.corrected',
  'patient.correction_requested',
  'patient.correction_declined',
  'patient.invited',
  'patient.linked',
  'patient.unlinked',
  'patient.access_restored',
  'patient.merged',
  'patient.unmerged',
  'patient.exported',
  'patient.identity_confirmed',
  'patient.erased',
] as const

/**
 * Who did what to which patient's record, when and why; only `append_patient_event` writes it. Nothing is chained here,
 * because an erasure empties what the events say of the person.
 */
export const patientEvents = pgTable(
  'patient_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    patientId: bigint('patient_id', { mode: 'number' })
      .notNull()
      .references(() => patients.id),
    kind: text('kind', { enum: patientEventKinds }).notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    actorKind: text('actor_kind').notNull(),
    accountId: bigint('account_id', { mode: 'number' }),
    apiKeyId: bigint('api_key_id', { mode: 'number' }),
    requestId: text('request_id'),
    reason: text('reason'),
    /** The fields that changed, as they were and as they are. */
    before: jsonb('before'),
    after: jsonb('after'),
  },
  (event) => [
    index('patient_events_by_patient').on(event.patientId, event.id),
    check('patient_events_kind_is_known', sql`${event.kind} ~ '^patient[.][a-z_]+$'`),
  ],
)

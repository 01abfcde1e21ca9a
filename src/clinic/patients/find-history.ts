import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { patientAccesses } from '../../../drizzle/schema/patient-accesses.ts'
import { patientEventKinds } from '../../../drizzle/schema/patient-events.ts'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { pageOf } from '../page-of.ts'
import { id } from '../shapes.ts'
import { recordRows } from './record.ts'
import { type PatientSummary, type SummaryRow, summaryColumns, toSummary } from './summary.ts'

/** What may happen to a patient's record. */
export { patientEventKinds }

/** What the events are ordered by: their id. */
export const patientEventKey = z.tuple([id]).transform(([id]) => id)

export interface FindPatientHistory {
  patientId: number
  /** Of one page. */
  limit: number
  /** The id of the last event of the previous page. */
  after?: number | undefined
}

type Facts = Record<string, unknown>

/** A change of a patient's record: when, who, why, and the fields that changed as they were and are. */
export interface PatientEvent {
  id: number
  /** The record it happened to; another one for records that were merged. */
  patientId: number
  kind: (typeof patientEventKinds)[number]
  at: Date
  actor: string
  accountId: number | null
  /** Whose account it was, when it still has a name. */
  accountName: string | null
  apiKeyId: number | null
  requestId: string | null
  reason: string | null
  before: Facts | null
  after: Facts | null
}

export interface PatientHistory {
  patient: PatientSummary
  events: PatientEvent[]
  /** What to ask for as `after`, or null on the last page. */
  next: number | null
}

/**
 * A page of what happened to a patient's record, and to those that were merged into it, newest first, in one trip; for the
 * clinic's own people. It is recorded that they opened it.
 *
 * @throws NotFound when there is no such patient, or the actor may not see them; NotSignedIn, Forbidden.
 */
export async function findPatientHistory(
  ctx: ClinicContext,
  { patientId, limit, after }: FindPatientHistory,
): Promise<PatientHistory> {
  const person = requireRight(ctx.actor, 'see what happened')
  const what: (typeof patientAccesses.$inferSelect)['what'] = 'history'
  const kept = sql`(${recordRows(person, patientId)}) kept`
  const [found, happened] = await ctx.db.batch([
    ctx.db.execute<SummaryRow>(sql`
      select ${summaryColumns}, record_patient_access(patient.id, ${what}, ${acting(ctx)}) as recorded
      from ${kept}
      join patients patient on patient.id = kept.id`),
    ctx.db.execute<EventRow>(sql`
      select event.*, account.name as account_name
      from ${kept}
      join patient_events event on event.patient_id = any (records_of_person(kept.id))
      left join accounts account on account.id = event.account_id
      where ${after === undefined ? sql`true` : sql`event.id < ${after}::bigint`}
      order by event.id desc
      limit ${limit + 1}`),
  ])
  const [patient] = found.rows
  if (!patient) throw new NotFound('patient')
  const { page, last } = pageOf(happened.rows.map(toEvent), limit)
  return { patient: toSummary(patient), events: page, next: last?.id ?? null }
}

interface EventRow extends Record<string, unknown> {
  id: string
  patient_id: string
  kind: PatientEvent['kind']
  at: string
  actor_kind: string
  account_id: string | null
  account_name: string | null
  api_key_id: string | null
  request_id: string | null
  reason: string | null
  before: Facts | null
  after: Facts | null
}

const toId = (id: string | null) => (id === null ? null : Number(id))

function toEvent(row: EventRow): PatientEvent {
  return {
    id: Number(row.id),
    patientId: Number(row.patient_id),
    kind: row.kind,
    at: new Date(row.at),
    actor: row.actor_kind,
    accountId: toId(row.account_id),
    accountName: row.account_name || null,
    apiKeyId: toId(row.api_key_id),
    requestId: row.request_id,
    reason: row.reason,
    before: row.before,
    after: row.after,
  }
}

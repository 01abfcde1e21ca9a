import { type SQL, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf, type Person } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { pageOf } from '../page-of.ts'
import { closed, remark } from '../shapes.ts'
import { inForce, type Patient } from './record.ts'
import { type PatientSummary, type SummaryRow, summaryColumns, toSummary } from './summary.ts'

/** A patient's wish to have their name, birth date or sex corrected. */
export interface CorrectionRequest {
  id: number
  patientId: number
  /** What the record should say. */
  changes: Partial<Pick<Patient, 'name' | 'birthDate' | 'sex'>>
  status: 'open' | 'accepted' | 'declined' | 'withdrawn'
  requestedAt: Date
  /** When it was accepted, declined or withdrawn. */
  decidedAt: Date | null
  /** Why it was declined. */
  reason: string | null
}

/** With the patient as the record says now. */
export interface OpenRequest extends CorrectionRequest {
  patient: PatientSummary & Pick<Patient, 'sex'>
}

/**
 * A page of the open requests that the actor may see, the oldest first, in one trip: the front desk sees all, patients
 * their own. `next` is the `after` of the next page, or null.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function findOpenRequests(
  ctx: ClinicContext,
  { limit, after = 0 }: { limit: number; after?: number | undefined },
): Promise<{ requests: OpenRequest[]; next: number | null }> {
  const person = requireRight(ctx.actor, 'correct patients')
  const { rows } = await ctx.db.execute<OpenRow>(sql`
    select ${requestColumns}, patient.sex, (select to_jsonb(summary) from (select ${summaryColumns}) summary) as patient
    from correction_requests request
    join patients patient on patient.id = request.patient_id
    where status = 'open' and request.id > ${after}::bigint and ${ofPerson(person)}
    order by request.id
    limit ${limit + 1}`)
  const { page, last } = pageOf(rows, limit)
  const requests = page.map((row) => ({
    ...toCorrectionRequest(row),
    patient: { ...toSummary(row.patient), sex: row.sex },
  }))
  return { requests, next: last ? Number(last.id) : null }
}

const ofPerson = (person: Person): SQL =>
  person.kind === 'patient'
    ? sql`request.patient_id = any (${`{${person.patientIds.join(',')}}`}::bigint[])`
    : sql`true`

/** The latest request about a patient, which may be decided, as rows for a page or an answer. */
export function latestRequestOf(patientId: number): SQL {
  return sql`
    select ${requestColumns}
    from correction_requests request
    where patient_id = ${inForce(patientId)}
    order by request.id desc
    limit 1`
}

export const declineCorrectionInput = closed({
  /** The patient reads it. */
  reason: remark,
})

export type DecidedCorrection =
  | { ok: true; request: CorrectionRequest }
  | {
      ok: false
      refusal: 'already_decided' | 'identifier_taken' | 'nik_disagrees' | 'patient_erased'
    }

/**
 * Makes the correction that a patient asked for, in one trip.
 *
 * @throws NotFound for an unknown request; NotSignedIn, Forbidden.
 */
export async function acceptCorrection(ctx: ClinicContext, id: number): Promise<DecidedCorrection> {
  requireRight(ctx.actor, 'decide corrections')
  return decide(ctx, id, 'accepted', null)
}

/** Declines a patient's request, with the reason, in one trip. @throws as acceptCorrection. */
export async function declineCorrection(
  ctx: ClinicContext,
  { id, reason }: z.infer<typeof declineCorrectionInput> & { id: number },
): Promise<DecidedCorrection> {
  requireRight(ctx.actor, 'decide corrections')
  return decide(ctx, id, 'declined', reason)
}

async function decide(
  ctx: ClinicContext,
  id: number,
  decision: 'accepted' | 'declined',
  reason: string | null,
): Promise<DecidedCorrection> {
  const deciding = sql`
    select decide_correction(${id}::bigint, ${decision}, ${reason}, ${acting(ctx)}) ->> 'outcome' as outcome`
  const decided = sql`select ${requestColumns} from correction_requests request where id = ${id}::bigint`
  const [[answer], [row]] = await sendIdempotently<[{ outcome: Outcome }, RequestRow]>(ctx, [
    { rows: deciding },
    { rows: decided },
  ])
  if (!row || !answer || answer.outcome === 'unknown') throw new NotFound('correction request')
  if (answer.outcome !== 'done') return { ok: false, refusal: answer.outcome }
  const request = toCorrectionRequest(row)
  if (decision === 'accepted')
    ctx.tell({ kind: 'patient.corrected', patientId: request.patientId, ...deedOf(ctx) })
  return { ok: true, request }
}

type Outcome = 'done' | 'unknown' | Extract<DecidedCorrection, { ok: false }>['refusal']

const utc = (column: SQL) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const requestColumns = sql`
  request.id, request.patient_id, request.changes, request.status, request.reason,
  ${utc(sql`request.requested_at`)} as requested_at, ${utc(sql`request.decided_at`)} as decided_at`

export interface RequestRow extends Record<string, unknown> {
  id: string | number
  patient_id: string | number
  changes: { name?: string; birth_date?: string | null; sex?: Patient['sex'] }
  status: CorrectionRequest['status']
  reason: string | null
  requested_at: string
  decided_at: string | null
}

interface OpenRow extends RequestRow {
  sex: Patient['sex']
  patient: SummaryRow
}

export function toCorrectionRequest(row: RequestRow): CorrectionRequest {
  const { birth_date: birthDate, ...changes } = row.changes
  return {
    id: Number(row.id),
    patientId: Number(row.patient_id),
    changes: { ...changes, ...(birthDate !== undefined && { birthDate }) },
    status: row.status,
    requestedAt: new Date(row.requested_at),
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at),
    reason: row.reason,
  }
}

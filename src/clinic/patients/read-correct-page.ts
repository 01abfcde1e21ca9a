import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import {
  type CorrectionRequest,
  latestRequestOf,
  type RequestRow,
  toCorrectionRequest,
} from './correction-requests.ts'
import { type Patient, recordOf, toPatient } from './record.ts'
import { type PatientSummary, type SummaryRow, summaryColumns, toSummary } from './summary.ts'

export interface CorrectPageContent {
  patient: Patient
  /** The patient's latest request. */
  request: CorrectionRequest | null
}

/**
 * What the form that corrects a record shows, in one trip.
 *
 * @throws NotFound when there is no such patient, or it is not the account's; NotSignedIn, Forbidden.
 */
export async function readCorrectPage(ctx: ClinicContext, id: number): Promise<CorrectPageContent> {
  const person = requireRight(ctx.actor, 'correct patients')
  const [records, requests] = await ctx.db.batch([
    recordOf(ctx, person, id),
    ctx.db.execute<RequestRow>(latestRequestOf(id)),
  ])
  if (!records.rows[0]) throw new NotFound('patient')
  return {
    patient: toPatient(records.rows[0]),
    request: requests.rows[0] ? toCorrectionRequest(requests.rows[0]) : null,
  }
}

/**
 * The patients that a patient's account acts for, in one trip; empty for staff.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function findOwnPatients(ctx: ClinicContext): Promise<PatientSummary[]> {
  const person = requireRight(ctx.actor, 'see patients')
  if (person.kind !== 'patient') return []
  const { rows } = await ctx.db.execute<SummaryRow>(sql`
    select ${summaryColumns}
    from patients patient
    where patient.id = any (${`{${person.patientIds.join(',')}}`}::bigint[])
    order by patient.id`)
  return rows.map(toSummary)
}

import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { isDesk, requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, fault, latestBirthDate, personName } from '../shapes.ts'
import { snakeKeys } from '../snake-case.ts'
import {
  type CorrectionRequest,
  latestRequestOf,
  type RequestRow,
  toCorrectionRequest,
} from './correction-requests.ts'
import { recordShape } from './fields.ts'
import { holdersOf } from './identifier-holders.ts'
import { type Patient, type RecordRow, recordRows, toPatient } from './record.ts'
import { type PatientSummary, type SummaryRow, toSummary } from './summary.ts'

const yesOrNo = z.boolean({ error: fault('not_a_choice') })

/** What is left out stays as it is. */
export const correctPatientInput = closed({
  name: personName,
  ...recordShape,
  isDeceased: yesOrNo,
  isActive: yesOrNo,
}).partial()

export interface CorrectPatient extends z.infer<typeof correctPatientInput> {
  id: number
  /** The version that the caller saw; without one, any will do. */
  version?: number | undefined
}

export type CorrectedPatient =
  | {
      ok: true
      patient: Patient
      /** The patient's latest request for a correction, which this may have made. */
      request: CorrectionRequest | null
    }
  /** Someone else has changed it: the record as it is now. */
  | { ok: false; refusal: 'stale'; patient: Patient }
  | { ok: false; refusal: 'identifier_taken'; holder: PatientSummary | null }
  | { ok: false; refusal: 'patient_erased' | 'nik_disagrees' }
  | { ok: false; refusal: 'invalid'; faults: { birthDate: 'not_a_birth_date' } }

/** What patients do not correct themselves. */
const ofDesk = ['deskNote', 'identifiers', 'isDeceased', 'isActive'] as const

/**
 * Corrects a patient's record in one trip, unless someone else has changed it since (`stale`), an identifier belongs to
 * another record (`identifier_taken`) or contradicts the birth date (`nik_disagrees`). The front desk corrects everything.
 * Patients correct their own contact data and that of their dependants; a new name, birth date or sex becomes a request.
 *
 * @throws NotFound for an unknown patient or another's; NotSignedIn, Forbidden.
 */
export async function correctPatient(
  ctx: ClinicContext,
  { id, version, ...wanted }: CorrectPatient,
): Promise<CorrectedPatient> {
  const person = requireRight(ctx.actor, 'correct patients')
  if (!isDesk(ctx.actor) && ofDesk.some((field) => wanted[field] !== undefined)) {
    throw new Forbidden(`Only the front desk changes ${ofDesk.map((field) => `\`${field}\``).join(', ')}.`)
  }
  if (wanted.birthDate && wanted.birthDate > latestBirthDate(ctx.now)) {
    return { ok: false, refusal: 'invalid', faults: { birthDate: 'not_a_birth_date' } }
  }
  const correcting = sql`
    select correct_patient(
      ${id}::bigint, ${JSON.stringify(snakeKeys(wanted))}::jsonb, ${version ?? null}::integer, ${acting(ctx)}
    ) ->> 'outcome' as outcome`
  const [[answer], [record], [request], [holder]] = await sendIdempotently<
    [{ outcome: Outcome }, RecordRow, RequestRow, SummaryRow]
  >(ctx, [
    { rows: correcting },
    { rows: recordRows(person, id) },
    { rows: latestRequestOf(id) },
    { rows: holdersOf(wanted.identifiers, id) },
  ])
  if (!answer || answer.outcome === 'unknown' || !record) throw new NotFound('patient')
  const patient = toPatient(record)
  const refused = toRefusal(answer.outcome, patient, holder)
  if (refused) return refused
  if (answer.outcome === 'changed')
    ctx.tell({ kind: 'patient.corrected', patientId: patient.id, ...deedOf(ctx) })
  return { ok: true, patient, request: request ? toCorrectionRequest(request) : null }
}

function toRefusal(
  outcome: Outcome,
  patient: Patient,
  holder: SummaryRow | undefined,
): Extract<CorrectedPatient, { ok: false }> | null {
  switch (outcome) {
    case 'stale':
      return { ok: false, refusal: outcome, patient }
    case 'identifier_taken':
      return { ok: false, refusal: outcome, holder: holder ? toSummary(holder) : null }
    case 'patient_erased':
    case 'nik_disagrees':
      return { ok: false, refusal: outcome }
    default:
      return null
  }
}

type Outcome =
  | 'changed'
  | 'same'
  | 'unknown'
  | 'stale'
  | 'identifier_taken'
  | 'patient_erased'
  | 'nik_disagrees'

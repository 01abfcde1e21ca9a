import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext, Person } from '../context.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, fault } from '../shapes.ts'
import { readPatientQuery } from './read-query.ts'
import { type PatientSummary, type SummaryRow, summaryColumns, toSummary } from './summary.ts'

export interface FoundPatients {
  /** The best matches first; at most 20. */
  patients: PatientSummary[]
  /** There may be more: what was typed fits many people. */
  isCut: boolean
}

const most = 20

/** As a person types it: parts of a name, a date of birth, the last digits of a telephone number, an email address. */
export const patientQuery = z
  .string({ error: fault('missing') })
  .trim()
  .min(1, { error: fault('missing') })
  .max(200, { error: fault('too_long_a_text') })

export const searchPatientsInput = closed({ q: patientQuery })

export type SearchPatients = z.infer<typeof searchPatientsInput>

/**
 * Finds people by whatever was typed, in one trip. Spelling, accents, order and unfinished words do not matter. Patients
 * find their own, doctors those they have seen, and the front desk and admins everyone.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function searchPatients(ctx: ClinicContext, { q }: SearchPatients): Promise<FoundPatients> {
  const { rows, isTooShort } = searchFor(ctx, requireRight(ctx.actor, 'see patients'), q)
  const [found] = await sendIdempotently<[FoundRow]>(ctx, [{ rows }])
  return toFound(found, isTooShort)
}

/** When no one is found but someone may be, the only row has no id. */
export interface FoundRow extends SummaryRow {
  is_cut: boolean
}

/** The query of a search, for a page that sends it with its others; `toFound` reads its rows. */
export function searchFor(
  { now }: ClinicContext,
  person: Person,
  q: string,
): { rows: SQL; isTooShort: boolean } {
  const { words, keys, isTooShort } = readPatientQuery(q, now)
  const ofDoctor = person.kind === 'doctor' ? person.doctorId : null
  const ofPatients = person.kind === 'patient' ? `{${person.patientIds.join(',')}}` : null
  const rows = sql`
    select ${summaryColumns}, found.is_cut
    from search_patients(
      ${words}, ${JSON.stringify(keys)}::jsonb, ${ofDoctor}::bigint, ${ofPatients}::bigint[], ${most}
    ) with ordinality found (patient_id, is_exact, is_cut, place)
    left join patients patient on patient.id = found.patient_id
    order by found.place`
  return { rows, isTooShort }
}

export function toFound(rows: FoundRow[], isTooShort: boolean): FoundPatients {
  const found = rows.filter(({ id }) => id !== null)
  return { patients: found.map(toSummary), isCut: isTooShort || (rows[0]?.is_cut ?? false) }
}

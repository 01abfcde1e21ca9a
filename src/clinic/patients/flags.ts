import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { patientFlags } from '../../../drizzle/schema/patient-flags.ts'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'

export { patientFlags }

export type PatientFlag = (typeof patientFlags)[number]

/** A name of a flag in an address. */
export const patientFlag = z.enum(patientFlags)

interface FlagWish {
  patientId: number
  flag: PatientFlag
  isSet: boolean
}

/**
 * Marks what the front desk must know when a patient comes, or takes the mark away, in one trip. Other systems do it with a key
 * that acts for staff. Again is the same answer; the patient's history has each change.
 *
 * @throws NotFound for an unknown or erased patient, NotSignedIn, Forbidden.
 */
export async function setPatientFlag(
  ctx: ClinicContext,
  { patientId, flag, isSet }: FlagWish,
): Promise<{ patientId: number; flags: PatientFlag[] }> {
  requireRight(ctx.actor, 'flag patients')
  const [[row]] = await sendIdempotently<[{ patient_id: string; flags: PatientFlag[]; is_changed: boolean }]>(
    ctx,
    [
      {
        rows: sql`
          select patient_id, to_jsonb(flags) as flags, is_changed
          from set_patient_flag(${patientId}::bigint, ${flag}, ${isSet}, ${acting(ctx)})`,
      },
    ],
  )
  if (!row) throw new NotFound('patient')
  const id = Number(row.patient_id)
  if (row.is_changed) ctx.tell({ kind: 'patient.flagged', patientId: id, ...deedOf(ctx) })
  return { patientId: id, flags: row.flags }
}

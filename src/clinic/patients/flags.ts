import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { patientFlags } from '../../../drizzle/schema/patient-flags.ts'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'

export { patientFlags }

export type PatientFlag = (typeof patientFlags)[number]

/** Those that the front desk sets itself; another system knows the balance. */
export const deskFlags = ['form_missing', 'interpreter'] as const satisfies PatientFlag[]

/** A name of a flag in an address. */
export const patientFlag = z.enum(patientFlags)

interface Flagged {
  patientId: number
  flags: PatientFlag[]
}

type FlaggedRow = { patient_id: string; flags: PatientFlag[]; is_changed: boolean }

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
): Promise<Flagged> {
  requireRight(ctx.actor, 'flag patients')
  const set = sql`
    select patient_id, to_jsonb(flags) as flags, is_changed
    from set_patient_flag(${patientId}::bigint, ${flag}, ${isSet}, ${acting(ctx)})`
  return send(ctx, set, 'patient')
}

/**
 * The same for the patient of an appointment.
 *
 * @throws NotFound when there is no such appointment or patient, or not for this actor; NotSignedIn, Forbidden.
 */
export async function setFlagAtAppointment(
  ctx: ClinicContext,
  { appointmentId, flag, isSet }: Omit<FlagWish, 'patientId'> & { appointmentId: number },
): Promise<Flagged> {
  const person = requireRight(ctx.actor, 'flag patients')
  const isTheirs =
    person.kind === 'doctor'
      ? sql`one.doctor_id = ${person.doctorId}::bigint`
      : sql`is_in_reach(location_of(one), ${acting(ctx)})`
  const set = sql`
    select flagged.patient_id, to_jsonb(flagged.flags) as flags, flagged.is_changed
    from appointments one
    cross join lateral set_patient_flag(one.patient_id, ${flag}, ${isSet}, ${acting(ctx)}) flagged
    where one.id = ${appointmentId}::bigint and ${isTheirs}`
  return send(ctx, set, 'appointment')
}

async function send(ctx: ClinicContext, rows: SQL, noun: 'patient' | 'appointment'): Promise<Flagged> {
  const [[row]] = await sendIdempotently<[FlaggedRow]>(ctx, [{ rows }])
  if (!row) throw new NotFound(noun)
  const id = Number(row.patient_id)
  if (row.is_changed) ctx.tell({ kind: 'patient.flagged', patientId: id, ...deedOf(ctx) })
  return { patientId: id, flags: row.flags }
}

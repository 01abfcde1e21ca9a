import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type RaisedAlarm, raisedAlarms, tellAlarms } from '../accounts/alarms.ts'
import { requireRight } from '../accounts/guard.ts'
import { type AppointmentRow, toAppointment } from '../appointments/appointment-row.ts'
import type { Appointment } from '../appointments/find.ts'
import { tellChanged, tellPeopleChanged, tellReleased } from '../appointments/tell-appointment.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, fault } from '../shapes.ts'

export const erasePatientInput = closed({
  /** Cancels the appointments that are still to come. */
  cancelAppointments: z.boolean({ error: fault('not_a_choice') }).optional(),
})

export type ErasePatient = z.infer<typeof erasePatientInput> & { patientId: number }

interface Erased {
  ok: true
  /** Of the record that stays, when the other was merged into it. */
  patientId: number
  erasedAt: Date
  cancelledAppointmentIds: number[]
  /** Accounts that were closed, and what lets no one in any more: hashes of sessions' tokens, and ids of keys. */
  closedAccountIds: number[]
  endedSessions: string[]
  revokedKeyIds: number[]
}

export type ErasedPatient =
  | Erased
  | { ok: false; refusal: 'on_legal_hold' }
  /** Those that stand in the way: they are still to come, or the patient is here now. */
  | { ok: false; refusal: 'has_future_appointments'; appointments: Appointment[] }

/**
 * Erases everything about a person, with all records that were merged, for good and in one trip; see `erase_patient`. The
 * clinic's figures stay as they are. Erasing again is the same answer.
 *
 * @throws NotFound, NotSignedIn, Forbidden, NoLongerSignedIn, RoleChanged.
 */
export async function erasePatient(ctx: ClinicContext, input: ErasePatient): Promise<ErasedPatient> {
  requireRight(ctx.actor, 'erase patients')
  const erased = await send(ctx, input)
  if (!erased.ok && erased.refusal === 'not_confirmed') throw new Error('Only patients have to confirm.')
  return erased as ErasedPatient
}

/**
 * The same for a person themself, who must have signed in within the last ten minutes, with a passkey if they have one
 * (`not_confirmed`).
 * Their dependants ask the front desk.
 *
 * @throws NotFound for anyone else's record; NotSignedIn, Forbidden, NoLongerSignedIn, RoleChanged.
 */
export async function eraseOwnData(
  ctx: ClinicContext,
  input: ErasePatient,
): Promise<ErasedPatient | { ok: false; refusal: 'not_confirmed' }> {
  requireRight(ctx.actor, 'erase own data')
  return send(ctx, input)
}

async function send(ctx: ClinicContext, { patientId, cancelAppointments = false }: ErasePatient) {
  const call = sql`erase_patient(${patientId}::bigint, ${cancelAppointments}::boolean, ${acting(ctx)})`
  const rows = sql`select erased from (select ${call} as erased offset 0) answer`
  const [[row], alarms] = await sendIdempotently<[{ erased: ErasedRow | null }, RaisedAlarm]>(ctx, [
    { rows },
    { rows: raisedAlarms(ctx) },
  ])
  if (!row?.erased) throw new NotFound('patient')
  tellAlarms(ctx, alarms)
  return toErased(ctx, row.erased)
}

function toErased(ctx: ClinicContext, row: ErasedRow) {
  if (row.refusal === 'has_future_appointments') {
    const appointments = row.appointments.map(toAppointment)
    return { ok: false as const, refusal: row.refusal, appointments }
  }
  if (row.refusal !== undefined) return { ok: false as const, refusal: row.refusal }
  const { cancelled = [], released = [], left = [], accounts = [], ended = [], revoked = [] } = row
  for (const appointment of cancelled) tellChanged(ctx, 'cancel', appointment)
  for (const hold of released) tellReleased(ctx, hold)
  for (const appointment of left) tellPeopleChanged(ctx, appointment)
  const patientId = Number(row.id)
  if (row.cancelled) ctx.tell({ kind: 'patient.erased', patientId, ...deedOf(ctx) })
  for (const apiKeyId of revoked) ctx.tell({ kind: 'api_key.revoked', apiKeyId, ...deedOf(ctx) })
  for (const accountId of accounts) ctx.tell({ kind: 'account.changed', accountId, ...deedOf(ctx) })
  return {
    ok: true as const,
    patientId,
    erasedAt: new Date(row.erased_at),
    cancelledAppointmentIds: cancelled.map(({ id }) => Number(id)),
    closedAccountIds: accounts,
    endedSessions: ended,
    revokedKeyIds: revoked,
  }
}

type ErasedRow = { id: string | number } & (
  | { refusal: 'not_confirmed' | 'on_legal_hold' }
  | { refusal: 'has_future_appointments'; appointments: AppointmentRow[] }
  | {
      refusal?: undefined
      erased_at: string
      /** These are missing when they had been erased before. */
      cancelled?: AppointmentRow[]
      released?: AppointmentRow[]
      /** To which they only came along. */
      left?: AppointmentRow[]
      accounts?: number[]
      ended?: string[]
      revoked?: number[]
    }
)

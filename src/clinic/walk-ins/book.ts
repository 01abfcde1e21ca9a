import * as z from 'zod'
import { databaseErrorIn } from '../../database/connect.ts'
import { requireRight } from '../accounts/guard.ts'
import { beginAppointment } from '../appointments/begin.ts'
import type { BookedAppointment } from '../appointments/book.ts'
import { takeWalkInInput } from '../appointments/walk-in.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { id } from '../shapes.ts'

const { doctorId, startAt, overrideReason } = takeWalkInInput.shape

/** Without a doctor it is the one they wait for, or whoever is free. Without a start it begins in the current minute. */
export const bookWalkInInput = z.strictObject({ id, doctorId, startAt, overrideReason })

export type BookWalkIn = z.infer<typeof bookWalkInInput>

export type BookedWalkIn = BookedAppointment<'not_today'> | { ok: false; refusal: 'not_waiting' }

/**
 * Books the appointment that a walk-in waits for, and checks them in, in one trip: both or neither. When they have left, or
 * have their appointment already, nothing is booked (`not_waiting`).
 *
 * @throws NotFound for an unknown doctor, NotSignedIn, Forbidden.
 */
export async function bookWalkIn(ctx: ClinicContext, input: BookWalkIn): Promise<BookedWalkIn> {
  requireRight(ctx.actor, 'take walk-ins')
  const { id: walkInId, doctorId, overrideReason } = input
  const thisMinute = new Date(Math.floor(ctx.now.getTime() / 60_000) * 60_000)
  const startAt = input.startAt ?? thisMinute.toISOString()
  const wish = { wanted: { doctorId, overrideReason, patientId: null }, startAt, walkInId }
  const booked = await beginAppointment<'not_today'>(ctx, wish, 'walk in').catch((error: unknown) => {
    if (databaseErrorIn(error)?.code === 'AL410') return { ok: false, refusal: 'not_waiting' } as const
    throw error
  })
  if (booked.ok) {
    const { location } = booked.appointment
    ctx.tell({ kind: 'walk_in.booked', walkInId, locationId: location.id, ...deedOf(ctx) })
  }
  return booked
}

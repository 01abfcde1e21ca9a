import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { beginAppointment } from './begin.ts'
import { type BookedAppointment, bookAppointmentInput, missingIn, toWish } from './book.ts'

/** Without `startAt` it starts in the current minute. */
export const takeWalkInInput = bookAppointmentInput.partial({ startAt: true })

export type TakeWalkIn = z.infer<typeof takeWalkInInput>

/**
 * Books for a patient who is standing here, and checks them in, at once and in one trip. By the front desk, as it books,
 * at any time that is left of the day of the location (`in_the_past`, `not_today`).
 *
 * @throws NotFound for an unknown doctor or patient, NotSignedIn, Forbidden.
 */
export async function takeWalkIn(
  ctx: ClinicContext,
  input: TakeWalkIn,
): Promise<BookedAppointment<'not_today'>> {
  requireRight(ctx.actor, 'take walk-ins')
  const { patientId } = input
  const faults = missingIn(input)
  if (patientId === undefined || Object.keys(faults).length > 0)
    return { ok: false, refusal: 'invalid', faults }
  const thisMinute = new Date(Math.floor(ctx.now.getTime() / 60_000) * 60_000)
  const startAt = input.startAt ?? thisMinute.toISOString()
  return beginAppointment<'not_today'>(ctx, toWish({ ...input, startAt }, { patientId }), 'walk in')
}

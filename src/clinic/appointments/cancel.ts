import * as z from 'zod'
import { isDesk, requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { closed, id, remark } from '../shapes.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'

export const cancelAppointmentInput = closed({
  id,
  /** Required from the front desk. */
  reason: remark.optional(),
  /** The number of events the appointment had when the caller saw it. */
  version: z.int().optional(),
})

export type CancelAppointment = z.infer<typeof cancelAppointmentInput>

export type CancelledAppointment =
  | ChangedAppointment<'too_late'>
  | { ok: false; refusal: 'invalid'; faults: { reason: 'missing' } }

/**
 * Cancels an appointment, in one trip; its time is free at once. Cancelling again is the same answer. A patient
 * cancels until the visit type's notice before the start (`too_late`); the front desk at any time, with a reason.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function cancelAppointment(
  ctx: ClinicContext,
  { id, reason, version }: CancelAppointment,
): Promise<CancelledAppointment> {
  const person = requireRight(ctx.actor, 'change appointments')
  if (isDesk(ctx.actor) && !reason) return { ok: false, refusal: 'invalid', faults: { reason: 'missing' } }
  return changeStatus(ctx, { verb: 'cancel', id, by: { person }, reason, version })
}

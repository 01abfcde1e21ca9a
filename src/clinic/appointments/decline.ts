import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { closed, id, remark } from '../shapes.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'

export const declineAppointmentInput = closed({
  id,
  /** The patient reads it. */
  reason: remark,
  /** The number of events the appointment had when the caller saw it. */
  version: z.int().optional(),
})

export type DeclineAppointment = z.infer<typeof declineAppointmentInput>

/**
 * Declines what a patient requested, in one trip; its time is free at once. Declining again gives the same answer.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function declineAppointment(
  ctx: ClinicContext,
  { id, reason, version }: DeclineAppointment,
): Promise<ChangedAppointment> {
  const person = requireRight(ctx.actor, 'run the day')
  return changeStatus(ctx, { verb: 'decline', id, by: { person }, reason, version })
}

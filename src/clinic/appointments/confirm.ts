import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'

/**
 * Confirms what a patient requested, in one trip; confirming again gives the same answer. After the deadline, a
 * confirmation still counts until someone needs the time.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function confirmAppointment(
  ctx: ClinicContext,
  id: number,
  version?: number,
): Promise<ChangedAppointment> {
  const person = requireRight(ctx.actor, 'run the day')
  return changeStatus(ctx, { verb: 'confirm', id, by: { person }, version })
}

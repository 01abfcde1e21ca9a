import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'

/**
 * The patient is here: on the day of the appointment, on the location's clock (`not_today`). In one trip; again is the
 * same answer.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function checkIn(
  ctx: ClinicContext,
  id: number,
  version?: number,
): Promise<ChangedAppointment<'not_today'>> {
  const person = requireRight(ctx.actor, 'run the day')
  return changeStatus(ctx, { verb: 'check in', id, by: { person }, version })
}

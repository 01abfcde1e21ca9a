import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'

/**
 * The patient did not come: from the start on (`not_yet`). What is left of the time is free at once. In one trip; again
 * is the same answer.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function markNoShow(
  ctx: ClinicContext,
  id: number,
  version?: number,
): Promise<ChangedAppointment<'not_yet'>> {
  const person = requireRight(ctx.actor, 'run the day')
  return changeStatus(ctx, { verb: 'mark no-show', id, by: { person }, version })
}

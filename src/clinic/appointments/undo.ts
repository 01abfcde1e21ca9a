import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'

/**
 * Takes back what was pressed by mistake: a check-in, a start, a completion or a no-show, on the day on which it was noted, on
 * the location's clock (`not_today`). In one trip; undoing again gives the same answer. A no-show gave its time away: if
 * the time has been taken since, undoing it is refused (`slot_taken`, `patient_busy`; `session_full` for a place in a
 * session).
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function undo(
  ctx: ClinicContext,
  id: number,
  verb: 'undo check-in' | 'undo start' | 'undo completion' | 'undo no-show',
  version?: number,
): Promise<ChangedAppointment<'not_today' | 'slot_taken' | 'patient_busy' | 'session_full'>> {
  const person = requireRight(ctx.actor, 'run the day')
  return changeStatus(ctx, { verb, id, by: { person }, version })
}

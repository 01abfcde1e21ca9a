import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'

/**
 * The doctor begins with a patient who has arrived: the appointment is then with the doctor, which FHIR calls `checked-in`. In
 * one trip; again is the same answer.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function startAppointment(
  ctx: ClinicContext,
  id: number,
  version?: number,
): Promise<ChangedAppointment> {
  const person = requireRight(ctx.actor, 'run the day')
  return changeStatus(ctx, { verb: 'start', id, by: { person }, version })
}

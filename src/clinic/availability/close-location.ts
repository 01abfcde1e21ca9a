import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type AbsenceInput, enterAbsence, findAbsences, withdrawAbsence } from './absence.ts'
import type { Absence } from './absence-row.ts'

/**
 * Closes a whole location for a while, in one trip. Appointments at that time stay booked and are listed in the answer.
 * Entering the same closure again changes nothing.
 *
 * @throws NotFound for an unknown location, NotSignedIn, Forbidden.
 */
export async function closeLocation(
  ctx: ClinicContext,
  locationId: number,
  input: AbsenceInput,
): Promise<Absence> {
  requireRight(ctx.actor, 'manage closures')
  return enterAbsence(ctx, 'location', locationId, input)
}

/** A location's current and future closures, by their end. @throws NotFound, NotSignedIn, Forbidden. */
export async function findClosures(ctx: ClinicContext, locationId: number): Promise<Absence[]> {
  requireRight(ctx.actor, 'manage closures')
  return findAbsences(ctx, 'location', locationId)
}

/** Withdraws a closure. @throws NotFound when there is none, NotSignedIn, Forbidden. */
export async function reopenLocation(ctx: ClinicContext, locationId: number, id: number): Promise<void> {
  requireRight(ctx.actor, 'manage closures')
  return withdrawAbsence(ctx, 'location', locationId, id)
}

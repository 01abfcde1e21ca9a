import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type Absence, type AbsenceInput, enterAbsence, findAbsences, withdrawAbsence } from './absence.ts'

/**
 * Closes a whole location for a while, in one trip. What is booked stays booked, and its ids are answered. Closing
 * it for the same while again is the same.
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

/** A location's closures that are not over, by their end. @throws NotFound, NotSignedIn, Forbidden. */
export async function findClosures(ctx: ClinicContext, locationId: number): Promise<Absence[]> {
  requireRight(ctx.actor, 'manage closures')
  return findAbsences(ctx, 'location', locationId)
}

/** Opens a location again. @throws NotFound when there is no such closure, NotSignedIn, Forbidden. */
export async function reopenLocation(ctx: ClinicContext, locationId: number, id: number): Promise<void> {
  requireRight(ctx.actor, 'manage closures')
  return withdrawAbsence(ctx, 'location', locationId, id)
}

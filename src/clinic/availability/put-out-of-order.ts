import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type AbsenceInput, enterAbsence, findAbsences, withdrawAbsence } from './absence.ts'
import type { Absence } from './absence-row.ts'

/**
 * Puts a room or device out of order for a while, such as for maintenance, in one trip. Appointments at that time keep it
 * and are listed in the answer. Entering the same absence again changes nothing.
 *
 * @throws NotFound for an unknown resource, NotSignedIn, Forbidden.
 */
export async function putOutOfOrder(
  ctx: ClinicContext,
  resourceId: number,
  input: AbsenceInput,
): Promise<Absence> {
  requireRight(ctx.actor, 'manage closures')
  return enterAbsence(ctx, 'resource', resourceId, input)
}

/** Current and future absences of a room or device, by their end. @throws NotFound, NotSignedIn, Forbidden. */
export async function findResourceAbsences(ctx: ClinicContext, resourceId: number): Promise<Absence[]> {
  requireRight(ctx.actor, 'manage closures')
  return findAbsences(ctx, 'resource', resourceId)
}

/** Withdraws an absence. @throws NotFound when there is none, NotSignedIn, Forbidden. */
export async function putBackInOrder(ctx: ClinicContext, resourceId: number, id: number): Promise<void> {
  requireRight(ctx.actor, 'manage closures')
  return withdrawAbsence(ctx, 'resource', resourceId, id)
}

import type { ClinicContext } from '../context.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'
import { holderOf } from './holds.ts'

/**
 * Lets a hold go, in one trip; its time is free at once. Again is the same answer. What has been booked is cancelled,
 * not released (`wrong_status`).
 *
 * @throws NotFound when there is none, or it is not the actor's; NotSignedIn, Forbidden.
 */
export async function releaseHold(ctx: ClinicContext, id: number): Promise<ChangedAppointment> {
  return changeStatus(ctx, { verb: 'release', id, by: holderOf(ctx) }, 'hold')
}

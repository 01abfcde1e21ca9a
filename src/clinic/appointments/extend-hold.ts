import type { ClinicContext } from '../context.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'
import { holderOf, holdMinutes } from './holds.ts'

/**
 * Gives a hold ten minutes more, once (`already_extended`), and not when they are over
 * (`hold_expired`). In one trip.
 *
 * @throws NotFound when there is none, or it is not the actor's; NotSignedIn, Forbidden.
 */
export async function extendHold(
  ctx: ClinicContext,
  id: number,
): Promise<ChangedAppointment<'hold_expired' | 'already_extended'>> {
  const extended = await changeStatus(
    ctx,
    { verb: 'extend', id, by: holderOf(ctx), asked: { longer: `${holdMinutes} minutes` } },
    'hold',
  )
  if (extended.ok || extended.refusal !== 'wrong_status') return extended
  const { status, holdExpiresAt } = extended.appointment
  return status === 'cancelled' && holdExpiresAt ? { ...extended, refusal: 'hold_expired' } : extended
}

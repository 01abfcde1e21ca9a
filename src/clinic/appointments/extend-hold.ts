import { sql } from 'drizzle-orm'
import type { ClinicContext } from '../context.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'
import { holdMinutes, isTheirHold } from './holds.ts'

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
  const verdict = sql`case
    when hold_expires_at <= ${ctx.now.toISOString()}::timestamptz then 'hold_expired'
    when exists (
      select from events where appointment_id = asked.id and kind = 'appointment.extended'
    ) then 'already_extended'
  end`
  const extended = await changeStatus<'hold_expired' | 'already_extended'>(ctx, {
    verb: 'extend',
    noun: 'hold',
    which: isTheirHold(ctx, id),
    verdict,
    holdExpiresAt: sql`hold_expires_at + ${holdMinutes} * interval '1 minute'`,
  })
  if (extended.ok || extended.refusal !== 'wrong_status') return extended
  const { status, holdExpiresAt } = extended.appointment
  return status === 'cancelled' && holdExpiresAt ? { ...extended, refusal: 'hold_expired' } : extended
}

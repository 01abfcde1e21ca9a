import { sql } from 'drizzle-orm'
import { isDesk, requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'
import { isTheirs } from './find.ts'

export interface CancelAppointment {
  id: number
  /** Required from the front desk. */
  reason?: string | undefined
  /** The number of events that the appointment had when it was looked at. */
  version?: number | undefined
}

export type CancelledAppointment =
  | ChangedAppointment<'too_late'>
  | { ok: false; refusal: 'invalid'; faults: { reason: 'missing' } }

/**
 * Cancels an appointment, in one trip; its time is free at once. Cancelling again is the same answer. A patient
 * cancels until the visit type's notice before the start (`too_late`); the front desk at any time, with a reason.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function cancelAppointment(
  ctx: ClinicContext,
  { id, reason, version }: CancelAppointment,
): Promise<CancelledAppointment> {
  const person = requireRight(ctx.actor, 'change appointments')
  const byDesk = isDesk(ctx.actor)
  if (byDesk && !reason) return { ok: false, refusal: 'invalid', faults: { reason: 'missing' } }
  const now = sql`${ctx.now.toISOString()}::timestamptz`
  const verdict = byDesk
    ? sql`null`
    : sql`case when start_at - cancellation_notice <= ${now} then 'too_late' end`
  return changeStatus<'too_late'>(ctx, {
    verb: 'cancel',
    which: isTheirs(person, id),
    reason,
    version,
    verdict,
  })
}

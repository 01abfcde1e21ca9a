import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'
import { isTheirs } from './find.ts'

/**
 * The patient is here: on the day of the appointment, on the location's clock (`not_today`). In one trip; again is the
 * same answer.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function checkIn(
  ctx: ClinicContext,
  id: number,
  version?: number,
): Promise<ChangedAppointment<'not_today'>> {
  const person = requireRight(ctx.actor, 'run the day')
  const now = sql`${ctx.now.toISOString()}::timestamptz`
  const verdict = sql`case when not local_day(start_at, time_zone) @> ${now} then 'not_today' end`
  return changeStatus(ctx, { verb: 'check in', which: isTheirs(person, id), version, verdict })
}

import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type ChangedAppointment, changeStatus, refusedBy } from './change.ts'
import { findAppointment } from './find.ts'

/**
 * Takes back what was pressed by mistake: a check-in, a completion or a no-show, on the day on which it was noted, on
 * the location's clock (`not_today`). In one trip; again is the same answer. A no-show gave its time away:
 * when somebody else has it by now, that is refused (`slot_taken`, `patient_busy`), with one more trip to look again.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function undo(
  ctx: ClinicContext,
  id: number,
  verb: 'undo check-in' | 'undo completion' | 'undo no-show',
  version?: number,
): Promise<ChangedAppointment<'not_today' | 'slot_taken' | 'patient_busy'>> {
  const person = requireRight(ctx.actor, 'run the day')
  const verdict = sql`case when not exists (
    select from events last
    where last.appointment_id = asked.id and last.number = asked.event_count
    and local_day(last.at, time_zone) @> ${ctx.now.toISOString()}::timestamptz
  ) then 'not_today' end`
  try {
    return await changeStatus(ctx, person, id, { verb, version, verdict })
  } catch (error) {
    const refusal = refusedBy(error)
    if (!refusal) throw error
    return { ok: false, refusal, appointment: await findAppointment(ctx, id) }
  }
}

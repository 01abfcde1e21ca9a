import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'
import { isTheirs } from './find.ts'
import { makeRoom, takeTurns } from './reschedule-statements.ts'

/**
 * Takes back what was pressed by mistake: a check-in, a completion or a no-show, on the day on which it was noted, on
 * the location's clock (`not_today`). In one trip; again is the same answer. A no-show gave its time away:
 * when somebody else has it by now, that is refused (`slot_taken`, `patient_busy`).
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
  const now = sql`${ctx.now.toISOString()}::timestamptz`
  // Only a no-show gave its time away, and may find it taken.
  const verdict = sql`case
    when not exists (
      select from events last
      where last.appointment_id = asked.id and last.number = asked.event_count
      and local_day(last.at, time_zone) @> ${now}
    ) then 'not_today'
    when status = 'noshow' then (
      select case when other.doctor_id = asked.doctor_id then 'slot_taken' else 'patient_busy' end
      from appointments other
      where other.id <> asked.id
      and (
        other.doctor_id = asked.doctor_id and other.doctor_occupied && tstzrange(
          asked.start_at - asked.buffer_before_minutes * interval '1 minute',
          asked.end_at + asked.buffer_after_minutes * interval '1 minute'
        )
        or other.patient_id = asked.patient_id and other.patient_occupied && tstzrange(asked.start_at, asked.end_at)
      )
      order by other.doctor_id = asked.doctor_id desc
      limit 1
    )
  end`
  const which = isTheirs(person, id)
  const ahead = [takeTurns({ id }), makeRoom(ctx, { id })]
  return changeStatus(ctx, { verb, which, version, verdict, ...(verb === 'undo no-show' && { ahead }) })
}

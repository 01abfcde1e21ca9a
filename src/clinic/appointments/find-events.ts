import { asc, eq } from 'drizzle-orm'
import { events } from '../../../drizzle/schema/events.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import type { EventKind } from '../events.ts'
import { selectAppointment } from './find.ts'

/** One change of an appointment: when, who, why, and the state before and after. */
export interface AppointmentEvent {
  number: number
  kind: EventKind
  at: Date
  actor: string
  account_id: number | null
  api_key_id: number | null
  request_id: string | null
  reason: string | null
  before: unknown
  after: unknown
}

/**
 * All that happened to an appointment, from first to last, in one trip; for the clinic's own people.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function findEvents(ctx: ClinicContext, id: number): Promise<AppointmentEvent[]> {
  const person = requireRight(ctx.actor, 'see what happened')
  const [known, found] = await ctx.db.batch([
    selectAppointment(ctx, person, id),
    ctx.db
      .select({
        number: events.number,
        kind: events.kind,
        at: events.at,
        actor: events.actorKind,
        account_id: events.accountId,
        api_key_id: events.apiKeyId,
        request_id: events.requestId,
        reason: events.reason,
        before: events.before,
        after: events.after,
      })
      .from(events)
      .where(eq(events.appointmentId, id))
      .orderBy(asc(events.number)),
  ])
  if (known.length === 0) throw new NotFound('appointment')
  return found
}

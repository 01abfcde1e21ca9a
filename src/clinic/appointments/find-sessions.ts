import { and, asc, eq, gte, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { isStaff, requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, type Person, personOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { pageOf } from '../page-of.ts'
import { closed, id, moment } from '../shapes.ts'
import { type Appointment, isAgreed, selectAppointments } from './find.ts'
import { isOpen } from './holds.ts'
import { businessOf, isInReach } from './reach.ts'
import type { AppointmentKey } from './search.ts'

export const findSessionsInput = closed({
  visitTypeId: id.optional(),
  locationId: id.optional(),
  doctorId: id.optional(),
  /** Starts lie in `[from, to)`. Without `from` they begin now; only the clinic's own people see earlier ones. */
  from: moment.optional(),
  to: moment.optional(),
}).refine(({ from, to }) => !from || !to || from < to, { path: ['to'], error: () => 'not_after_opening' })

export interface FindSessions extends z.infer<typeof findSessionsInput> {
  limit: number
  /** The last session of the previous page. */
  after?: AppointmentKey | undefined
}

/**
 * A page of sessions in order of start, with how many places are taken and never by whom; in one trip. Open to everyone:
 * those that may be booked online now, if they have a place. The clinic's own people see all, cancelled ones too.
 */
export async function findSessions(
  ctx: ClinicContext,
  { visitTypeId, locationId, doctorId, from, to, limit, after }: FindSessions,
): Promise<{ sessions: Appointment[]; next: AppointmentKey | null }> {
  const isForAll = !isStaff(ctx.actor)
  const first = from && !(isForAll && from < ctx.now) ? from : ctx.now
  const found = await selectAppointments(ctx.db, ctx.now)
    .where(
      and(
        isNotNull(appointments.capacity),
        gte(appointments.startAt, first),
        to && lt(appointments.startAt, to),
        visitTypeId === undefined ? undefined : eq(appointments.visitTypeId, visitTypeId),
        locationId === undefined ? undefined : eq(appointments.locationId, locationId),
        doctorId === undefined ? undefined : eq(appointments.doctorId, doctorId),
        isBusinessOfStaff(ctx),
        isForAll ? sql`judge_joining(${appointments}, ${acting(ctx)}) is null` : undefined,
        after && isBehind(after),
      ),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id))
    .limit(limit + 1)
  const { page, last } = pageOf(found, limit)
  return { sessions: page, next: last && { startAt: last.startAt, id: last.id } }
}

export interface Session {
  session: Appointment
  /** Everyone who takes part, has come, missed it or cancelled, by their place in line; open holds among them. */
  participants: Appointment[]
}

/**
 * A session with all who take part, in one trip; for the clinic's own people, doctors their own.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function findSession(ctx: ClinicContext, id: number): Promise<Session> {
  const person = requireRight(ctx.actor, 'see participants')
  const [sessions, participants] = await ctx.db.batch(queriesOfSession(ctx, id, person))
  return toSession(sessions, participants)
}

/** For a batch; `toSession` reads what they answer. */
export function queriesOfSession({ db, now }: ClinicContext, id: number, person: Person) {
  return [
    selectAppointments(db, now).where(
      and(eq(appointments.id, id), isNotNull(appointments.capacity), businessOf(person)),
    ),
    selectAppointments(db)
      .where(and(eq(appointments.sessionId, id), businessOf(person), or(isAgreed, isOpen(now))))
      .orderBy(asc(appointments.id)),
  ] as const
}

/** @throws NotFound when there is none. */
export function toSession([session]: Appointment[], participants: Appointment[]): Session {
  if (!session) throw new NotFound('session')
  return { session, participants }
}

// Doctors see one another's sessions here, without names.
function isBusinessOfStaff({ actor }: ClinicContext): SQL | undefined {
  const person = personOf(actor)
  return person ? isInReach(person) : undefined
}

function isBehind({ startAt, id }: AppointmentKey): SQL {
  return sql`(${appointments.startAt}, ${appointments.id}) > (${startAt.toISOString()}::timestamptz, ${id}::bigint)`
}

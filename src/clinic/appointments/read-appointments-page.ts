import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext, Person } from '../context.ts'
import { allLocations, type Location } from '../locations/find.ts'
import { pageOf } from '../page-of.ts'
import { type Appointment, inLists, isAgreed, selectAppointments, shownTo } from './find.ts'
import { isAt, isSeenBy } from './reach.ts'
import type { AppointmentKey } from './search.ts'

const pageSize = 20

/** To come, the next first; over, the last first; or cancelled before their time has come, the next first. */
export type When = 'upcoming' | 'past' | 'cancelled'

export interface ReadAppointmentsPage {
  when: When
  /** Only those that wait for the clinic's approval. */
  awaitsApproval?: boolean
  /** Only those at one location. */
  locationId?: number | undefined
  /** The last of the page before. */
  after?: AppointmentKey | undefined
}

export interface AppointmentsPageContent {
  appointments: Appointment[]
  locations: Location[]
  /** What to ask for as `after`; null on the last page. */
  next: AppointmentKey | null
}

/**
 * A page of 20 of the appointments that are the actor's business, and the clinic's locations, in one trip.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function readAppointmentsPage(
  ctx: ClinicContext,
  asked: ReadAppointmentsPage,
): Promise<AppointmentsPageContent> {
  const person = requireRight(ctx.actor, 'see appointments')
  const [found, locations] = await ctx.db.batch([
    selectAppointments(ctx.db)
      .where(
        and(
          isSeenBy(person),
          asked.awaitsApproval ? eq(appointments.awaitsApproval, true) : isAgreed,
          inLists(person),
          isAtLocation(asked.locationId),
          isBehind(asked),
          isInTime(ctx, asked),
        ),
      )
      .orderBy(...inOrder(asked))
      .limit(pageSize + 1),
    allLocations(ctx),
  ])
  const { page, last } = pageOf(found, pageSize)
  return {
    appointments: page.map((one) => shownTo(person, one)),
    locations,
    next: last && { startAt: last.startAt, id: last.id },
  }
}

/** The query for the first that are to come; not yet sent, so that a page can put it into its one batch. */
export function comingAppointments(ctx: ClinicContext, person: Person, locationId: number | undefined) {
  const asked = { when: 'upcoming' } as const
  return selectAppointments(ctx.db)
    .where(and(isSeenBy(person), isAgreed, inLists(person), isAtLocation(locationId), isInTime(ctx, asked)))
    .orderBy(...inOrder(asked))
    .limit(pageSize)
}

// The start is what is ordered by, and so is in every condition; no one is seen for longer than eight hours.
function isInTime({ now }: ClinicContext, { when }: ReadAppointmentsPage): SQL | undefined {
  const at = sql`${now.toISOString()}::timestamptz`
  const ends = sql`${appointments.endAt} > ${at} and ${appointments.startAt} > ${at} - interval '8 hours'`
  const isStanding = sql`(${appointments.status} in ('booked', 'arrived') or ${appointments.awaitsApproval})`
  if (when === 'upcoming') return and(isStanding, ends)
  if (when === 'cancelled') return and(eq(appointments.status, 'cancelled'), ends)
  // Whoever came early may be done before their time has come.
  return sql`
    ${appointments.startAt} <= ${at} + interval '1 day'
    and (${appointments.endAt} <= ${at} or ${appointments.status} in ('fulfilled', 'noshow'))`
}

function isAtLocation(locationId: number | undefined): SQL | undefined {
  return locationId === undefined ? undefined : isAt(locationId)
}

function inOrder({ when }: ReadAppointmentsPage): SQL[] {
  const way = when === 'past' ? desc : asc
  return [way(appointments.startAt), way(appointments.id)]
}

function isBehind({ when, after }: ReadAppointmentsPage): SQL | undefined {
  if (!after) return undefined
  const key = sql`(${after.startAt.toISOString()}::timestamptz, ${after.id}::bigint)`
  const own = sql`(${appointments.startAt}, ${appointments.id})`
  return when === 'past' ? sql`${own} < ${key}` : sql`${own} > ${key}`
}

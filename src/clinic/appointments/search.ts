import { and, asc, eq, gt, gte, lt, or, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { pageOf } from '../page-of.ts'
import { inForce } from '../patients/record.ts'
import { closed, fault, id, instant, moment } from '../shapes.ts'
import {
  type Appointment,
  appointmentStatuses,
  inLists,
  isAgreed,
  selectAppointments,
  shownTo,
} from './find.ts'
import { isAt, isOfDoctor, isSeenBy, isWith } from './reach.ts'

const month = 30 * 24 * 60 * 60 * 1000

export const searchAppointmentsInput = closed({
  doctorId: id.optional(),
  patientId: id.optional(),
  locationId: id.optional(),
  /** Those who take part in this session. */
  sessionId: id.optional(),
  /** Only those that wait for the clinic's approval. */
  awaitsApproval: z.enum(['true'], { error: fault('not_a_choice') }).optional(),
  /** Only `pending` lists holds, until they expire. */
  status: z.enum(appointmentStatuses, { error: fault('not_a_choice') }).optional(),
  /** Starts lie in `[from, to)`. Without `from` they begin 30 days ago. */
  from: moment.optional(),
  to: moment.optional(),
}).refine(({ from, to }) => !from || !to || from < to, { path: ['to'], error: () => 'not_after_opening' })

export interface SearchAppointments extends z.infer<typeof searchAppointmentsInput> {
  /** Of one page. */
  limit: number
  /** The last appointment of the previous page. */
  after?: AppointmentKey | undefined
}

/** What a list is ordered by. */
export const appointmentKey = z
  .tuple([instant, id])
  .transform(([startAt, id]) => ({ startAt: new Date(startAt), id }))

export type AppointmentKey = z.infer<typeof appointmentKey>

/**
 * A page of the appointments that are the actor's business, in order of start, in one trip. A page ends at a key:
 * what is booked meanwhile is neither shown twice nor hides another. Who is moved while somebody pages may be.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function searchAppointments(
  { db, actor, now }: ClinicContext,
  {
    doctorId,
    patientId,
    locationId,
    sessionId,
    status,
    from,
    to,
    limit,
    after,
    awaitsApproval,
  }: SearchAppointments,
): Promise<{ appointments: Appointment[]; next: AppointmentKey | null }> {
  const person = requireRight(actor, 'see appointments')
  const begins = from ?? new Date(now.getTime() - month)
  const found = await selectAppointments(db)
    .where(
      and(
        isSeenBy(person),
        doctorId === undefined ? undefined : isOfDoctor(doctorId),
        patientId === undefined ? undefined : isOfPatient(inForce(patientId)),
        locationId === undefined ? undefined : isAt(locationId),
        sessionId === undefined ? undefined : eq(appointments.sessionId, sessionId),
        meansEachPlace({ patientId, sessionId, status }) ? undefined : inLists(person),
        status && eq(appointments.status, status),
        awaitsApproval && eq(appointments.awaitsApproval, true),
        status === 'pending' ? gt(appointments.holdExpiresAt, now) : isAgreed,
        gte(appointments.startAt, begins),
        to && lt(appointments.startAt, to),
        after && isBehind(after),
      ),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id))
    .limit(limit + 1)
  const { page, last } = pageOf(found, limit)
  return {
    appointments: page.map((one) => shownTo(person, one)),
    next: last && { startAt: last.startAt, id: last.id },
  }
}

type Asked = Pick<SearchAppointments, 'patientId' | 'sessionId' | 'status'>

const meansEachPlace = ({ patientId, sessionId, status }: Asked) =>
  patientId !== undefined || sessionId !== undefined || status === 'pending'

const isOfPatient = (patientId: SQL) =>
  or(eq(appointments.patientId, patientId), isWith(sql`array[-${patientId}]`))

function isBehind({ startAt, id }: AppointmentKey): SQL {
  return sql`(${appointments.startAt}, ${appointments.id}) > (${startAt.toISOString()}::timestamptz, ${id}::bigint)`
}

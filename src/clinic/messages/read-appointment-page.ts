import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { doctorVisitTypes } from '../../../drizzle/schema/doctor-visit-types.ts'
import { events } from '../../../drizzle/schema/events.ts'
import { visitTypes } from '../../../drizzle/schema/visit-types.ts'
import { isDesk, isStaff, requireRight } from '../accounts/guard.ts'
import { type Appointment, selectAppointment, shownTo } from '../appointments/find.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { type MessageThread, threadOf, toThread } from './thread.ts'

export interface AppointmentPageContent {
  appointment: Appointment
  /** For the front desk: the other visit types of its doctor, by name. */
  otherTypes: { id: number; name: string; minutes: number }[]
  /** For the clinic's own people. */
  thread: MessageThread | null
  /** Why it was cancelled; for them, too. */
  cancelReason: string | null
}

/**
 * An appointment, in one trip; for the front desk with what visit types it may get instead, for staff with its messages.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function readAppointmentPage(ctx: ClinicContext, id: number): Promise<AppointmentPageContent> {
  const { db, actor } = ctx
  const person = requireRight(actor, 'see appointments')
  const types = db
    .select({ id: visitTypes.id, name: visitTypes.name, minutes: visitTypes.minutes })
    .from(appointments)
    .innerJoin(doctorVisitTypes, eq(doctorVisitTypes.doctorId, appointments.doctorId))
    .innerJoin(visitTypes, eq(visitTypes.id, doctorVisitTypes.visitTypeId))
    .where(and(eq(appointments.id, id), eq(visitTypes.isActive, true), isNull(visitTypes.capacity)))
    .orderBy(asc(visitTypes.name), asc(visitTypes.id))
  const reasons = db
    .select({ reason: events.reason })
    .from(events)
    .where(and(eq(events.appointmentId, id), eq(events.kind, 'appointment.cancelled')))
    .orderBy(desc(events.number))
    .limit(1)
  const one = selectAppointment(ctx, person, id)
  const [[appointment], said, [cancelled] = [], offered = []] = isStaff(actor)
    ? await db.batch([one, threadOf(ctx, id), reasons, ...(isDesk(actor) ? [types] : [])])
    : [await one]
  if (!appointment) throw new NotFound('appointment')
  return {
    appointment: shownTo(person, appointment),
    otherTypes: offered.filter((type) => type.id !== appointment.visitType?.id),
    cancelReason: appointment.status === 'cancelled' ? (cancelled?.reason ?? null) : null,
    thread: said ? toThread(said.rows, isDesk(actor)) : null,
  }
}

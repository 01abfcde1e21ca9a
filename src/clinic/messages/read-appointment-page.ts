import { and, asc, eq, isNull } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { doctorVisitTypes } from '../../../drizzle/schema/doctor-visit-types.ts'
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
  const one = selectAppointment(ctx, person, id)
  const [[appointment], said, offered = []] = isStaff(actor)
    ? await db.batch([one, threadOf(ctx, id), ...(isDesk(actor) ? [types] : [])])
    : [await one]
  if (!appointment) throw new NotFound('appointment')
  return {
    appointment: shownTo(person, appointment),
    otherTypes: offered.filter((type) => type.id !== appointment.visitType?.id),
    thread: said ? toThread(said.rows, isDesk(actor)) : null,
  }
}

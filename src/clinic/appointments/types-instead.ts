import { and, asc, eq, isNull } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { doctorVisitTypes } from '../../../drizzle/schema/doctor-visit-types.ts'
import { visitTypes } from '../../../drizzle/schema/visit-types.ts'
import type { ClinicContext } from '../context.ts'

export interface TypeInstead {
  id: number
  name: string
  minutes: number
}

/**
 * The query for the visit types that the doctor of an appointment offers to one patient at a time, by name; not yet sent. It
 * asks for no right: the page's own query does.
 */
export function typesInstead({ db }: Pick<ClinicContext, 'db'>, appointmentId: number) {
  return db
    .select({ id: visitTypes.id, name: visitTypes.name, minutes: visitTypes.minutes })
    .from(appointments)
    .innerJoin(doctorVisitTypes, eq(doctorVisitTypes.doctorId, appointments.doctorId))
    .innerJoin(visitTypes, eq(visitTypes.id, doctorVisitTypes.visitTypeId))
    .where(
      and(eq(appointments.id, appointmentId), eq(visitTypes.isActive, true), isNull(visitTypes.capacity)),
    )
    .orderBy(asc(visitTypes.sortOrder), asc(visitTypes.name), asc(visitTypes.id))
}

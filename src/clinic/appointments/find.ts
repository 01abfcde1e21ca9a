import { desc, eq, lt, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { type appointmentStatuses, appointments } from '../../../drizzle/schema/appointments.ts'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import { locations } from '../../../drizzle/schema/locations.ts'
import { patients } from '../../../drizzle/schema/patients.ts'
import type { Database } from '../../db.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'

export interface Appointment {
  id: number
  status: (typeof appointmentStatuses)[number]
  startAt: Date
  endAt: Date
  /** The location's wall clock, such as `2026-11-23T09:00`, as PostgreSQL's tzdata reads it. */
  startLocal: string
  endLocal: string
  doctor: { id: number; name: string }
  patient: { id: number; name: string }
  location: { name: string; timeZone: string }
}

/** @throws NotFound when there is no appointment of that id. */
export async function findAppointment({ db }: ClinicContext, id: number): Promise<Appointment> {
  const [appointment] = await selectAppointments(db).where(eq(appointments.id, id))
  if (!appointment) throw new NotFound('appointment')
  return appointment
}

/**
 * The query for a page of all appointments, last booked first; not yet sent, so that a page can put it
 * into its one batch.
 *
 * @param before the id above the page; only appointments booked earlier follow.
 */
export function newestAppointments(
  { db }: ClinicContext,
  page: { before: number | undefined; limit: number },
) {
  return selectAppointments(db)
    .where(page.before ? lt(appointments.id, page.before) : undefined)
    .orderBy(desc(appointments.id))
    .limit(page.limit)
}

function selectAppointments(db: Database) {
  return db
    .select({
      id: appointments.id,
      status: appointments.status,
      startAt: appointments.startAt,
      endAt: appointments.endAt,
      startLocal: onLocalClock(appointments.startAt),
      endLocal: onLocalClock(appointments.endAt),
      doctor: { id: doctors.id, name: doctors.name },
      patient: { id: patients.id, name: patients.name },
      location: { name: locations.name, timeZone: locations.timeZone },
    })
    .from(appointments)
    .innerJoin(doctors, eq(doctors.id, appointments.doctorId))
    .innerJoin(locations, eq(locations.id, doctors.locationId))
    .innerJoin(patients, eq(patients.id, appointments.patientId))
}

function onLocalClock(instant: PgColumn) {
  return sql<string>`to_char(${instant} at time zone ${locations.timeZone}, 'YYYY-MM-DD"T"HH24:MI')`
}

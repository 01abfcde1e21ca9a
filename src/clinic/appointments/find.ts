import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { appointmentResponses } from '../../../drizzle/schema/appointment-responses.ts'
import { appointmentStatuses, appointments } from '../../../drizzle/schema/appointments.ts'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import { locations } from '../../../drizzle/schema/locations.ts'
import { patients } from '../../../drizzle/schema/patients.ts'
import { visitTypes } from '../../../drizzle/schema/visit-types.ts'
import type { Database } from '../../database/connect.ts'
import { requireRight } from '../accounts/guard.ts'
import type { VisitMode } from '../availability/find-visit-types.ts'
import type { ClinicContext, Person } from '../context.ts'
import { NotFound } from '../errors.ts'
import { onLocalClock } from '../local-clock.ts'
import type { Location } from '../locations/find.ts'
import { recordNumberOf } from '../patients/summary.ts'
import { attendance, type Thing, toOthers, toThings } from './columns.ts'
import type { Participant, ParticipantRow } from './people.ts'
import { isSeenBy, placeOf } from './reach.ts'

export { appointmentStatuses }

/** A patient with what tells them apart from others, which answers to a change leave out. */
export interface AppointmentPatient {
  id: number
  name: string
  birthDate?: string | null
  phoneEnding?: string | null
  recordNumber?: string | null
}

export interface Appointment {
  id: number
  status: (typeof appointmentStatuses)[number]
  /** How many events it has had: another number is another state of it. */
  version: number
  startAt: Date
  endAt: Date
  /** The location's wall clock, such as `2026-11-23T09:00`, as PostgreSQL's tzdata reads it. */
  startLocal: string
  endLocal: string
  doctor: { id: number; name: string }
  /** Null for a hold made before signing in, and for a session. */
  patient: AppointmentPatient | null
  /** Null when the front desk booked a length that is no visit type's. */
  visitType: { id: number; name: string; mode: VisitMode; cancellationNoticeMinutes: number } | null
  /** Why it lies outside the doctor's hours; for the clinic's own people. */
  overrideReason: string | null
  /** Of a hold: from then on it occupies nothing. Null for whatever was booked. */
  holdExpiresAt: Date | null
  /** The same on the location's wall clock. */
  holdExpiresLocal: string | null
  /** When the patient came, and when the doctor began, which FHIR calls `checked-in`; also on the location's wall clock. */
  arrivedAt: Date | null
  arrivedLocal: string | null
  startedAt: Date | null
  startedLocal: string | null
  /** From the doctor or the front desk; for the clinic's own people. */
  note: string | null
  /** What the patient says the visit is about. */
  reasonForVisit: string | null
  /** If true, the clinic confirms or declines it until `holdExpiresAt`. */
  awaitsApproval: boolean
  /** Why the clinic declined it. */
  declineReason: string | null
  /** Whether the patient has said that they will come at this time. */
  isAccepted: boolean
  location: Location
  /** Rooms and devices, rooms first; the doors show patients only the rooms. */
  resources: Thing[]
  /** Of a participant: the session that they take part in. */
  sessionId: number | null
  /** Of a session: how many may take part, and how many do. It has no patient of its own. */
  capacity: number | null
  placesTaken: number
  /** The series that it was booked with, and how many appointments that has; answers to a change leave that out. */
  seriesId: number | null
  seriesSize?: number | null
  /** Who takes part besides the doctor and the patient. */
  others: Participant[]
}

/** @throws NotFound when there is no appointment of that id, or it is none of the actor's business. */
export async function findAppointment({ db, actor }: ClinicContext, id: number): Promise<Appointment> {
  const person = requireRight(actor, 'see appointments')
  const [appointment] = await selectAppointment({ db }, person, id)
  if (!appointment) throw new NotFound('appointment')
  return shownTo(person, appointment)
}

/** The query for one appointment, if the person takes part in it or runs the clinic; not yet sent. Pass it to `shownTo`. */
export function selectAppointment({ db }: Pick<ClinicContext, 'db'>, person: Person, id: number) {
  return selectAppointments(db).where(and(eq(appointments.id, id), isSeenBy(person)))
}

/** Companions see who comes, when and where, but nothing that is said about the patient. */
export function shownTo(person: Person, appointment: Appointment): Appointment {
  const { patient } = appointment
  if (!patient || !isCompanion(person, appointment)) return appointment
  return {
    ...appointment,
    patient: { id: patient.id, name: patient.name },
    reasonForVisit: null,
    declineReason: null,
  }
}

/** Whether a patient's account only acts for someone who comes along. It may not change the appointment. */
export function isCompanion(person: Person | null, { patient }: Appointment): boolean {
  return person?.kind === 'patient' && patient !== null && !person.patientIds.includes(patient.id)
}

/**
 * For lists of the clinic's own people: a session stands for all who take part in it, or each of them would look like an
 * appointment at the same time. To patients, their own place is what they know.
 */
export function inLists(person: Person): SQL | undefined {
  return person.kind === 'patient' ? undefined : isNull(appointments.sessionId)
}

/** Neither a hold nor a released one: agreed, or waiting for the clinic's approval. */
export const isAgreed = sql`(${appointments.holdExpiresAt} is null or ${appointments.awaitsApproval})`

const placesTaken = (now: Date | undefined) => sql<number>`(
  case when ${appointments.capacity} is null then 0
  else places_taken(${appointments.id}, ${now?.toISOString() ?? null}::timestamptz) end
)`

/**
 * The query for appointments, still without condition and order; not yet sent.
 *
 * @param now without it, expired holds count among the places of a session, until they are released.
 */
export function selectAppointments(db: Database, now?: Date) {
  return db
    .select({
      id: appointments.id,
      status: appointments.status,
      version: appointments.eventCount,
      startAt: appointments.startAt,
      endAt: appointments.endAt,
      startLocal: onLocalClock(appointments.startAt, locations.timeZone),
      endLocal: onLocalClock(appointments.endAt, locations.timeZone),
      doctor: { id: doctors.id, name: doctors.name },
      patient: {
        id: patients.id,
        name: patients.name,
        birthDate: patients.birthDate,
        phoneEnding: sql<string | null>`right(${patients.phone}, 4)`,
        recordNumber: recordNumberOf,
      },
      visitType: {
        id: visitTypes.id,
        name: visitTypes.name,
        mode: visitTypes.mode,
        cancellationNoticeMinutes: visitTypes.cancellationNoticeMinutes,
      },
      overrideReason: appointments.overrideReason,
      holdExpiresAt: appointments.holdExpiresAt,
      holdExpiresLocal: onLocalClock(appointments.holdExpiresAt, locations.timeZone) as SQL<string | null>,
      ...attendance,
      reasonForVisit: appointments.reasonForVisit,
      seriesId: appointments.seriesId,
      seriesSize: sql<number | null>`case when ${appointments.seriesId} is not null then (
        select count(*)::int from appointments other where other.series_id = ${appointments.seriesId}
      ) end`,
      awaitsApproval: appointments.awaitsApproval,
      declineReason: sql<string | null>`decline_reason(${appointments})`,
      isAccepted: sql<boolean>`${appointmentResponses.appointmentId} is not null`,
      location: {
        id: locations.id,
        name: locations.name,
        timeZone: locations.timeZone,
        address: locations.address,
        phone: locations.phone,
      },
      resources: sql`things_of(coalesce(${appointments.sessionId}, ${appointments.id}))`.mapWith(
        toThings,
      ) as SQL<Appointment['resources']>,
      sessionId: appointments.sessionId,
      capacity: appointments.capacity,
      placesTaken: placesTaken(now),
      others: sql<ParticipantRow[]>`others_of(${appointments.id})`.mapWith(toOthers) as SQL<Participant[]>,
    })
    .from(appointments)
    .innerJoin(doctors, eq(doctors.id, appointments.doctorId))
    .innerJoin(locations, eq(locations.id, placeOf))
    .leftJoin(patients, eq(patients.id, appointments.patientId))
    .leftJoin(visitTypes, eq(visitTypes.id, appointments.visitTypeId))
    .leftJoin(
      appointmentResponses,
      and(
        eq(appointmentResponses.appointmentId, appointments.id),
        eq(appointmentResponses.patientId, appointments.patientId),
        eq(appointmentResponses.startAt, appointments.startAt),
      ),
    )
}

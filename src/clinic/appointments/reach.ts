import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import { locationsOf, type Person } from '../context.ts'

// Conditions on which appointments someone may see and change.

/** What a person may change: patients and doctors their own, the front desk what is at its locations, strangers nothing. */
export function businessOf(person: Person | null): SQL | undefined {
  if (person === null) return sql`false`
  if (person.kind === 'patient') return inArray(appointments.patientId, person.patientIds)
  if (person.kind === 'doctor') return eq(appointments.doctorId, person.doctorId)
  const bound = locationsOf(person)
  return bound ? sql`location_of(${appointments}) = any (${`{${bound}}`}::bigint[])` : undefined
}

/** What is at the locations that a person is bound to, for lists of `selectAppointments`; undefined for all. */
export function isInReach(person: Person): SQL | undefined {
  const bound = locationsOf(person)
  return bound ? or(sql`false`, ...bound.map(isAt)) : undefined
}

/** Where an appointment takes place; one from before that was stored, at its doctor's first location. */
export const placeOf = sql`coalesce(${appointments.locationId}, ${doctors.locationId})`

/** Like comparing `placeOf`, but PostgreSQL can estimate how many rows match. */
export function isAt(locationId: number): SQL | undefined {
  return or(
    eq(appointments.locationId, locationId),
    and(isNull(appointments.locationId), eq(doctors.locationId, locationId)),
  )
}

/** What a person may see: what they may change, and what they come along to. */
export function isSeenBy(person: Person): SQL | undefined {
  if (person.kind === 'patient')
    return or(inArray(appointments.patientId, person.patientIds), isWith(resourcesOf(person.patientIds)))
  return person.kind === 'doctor' ? isOfDoctor(person.doctorId) : isInReach(person)
}

/** Where the doctor is the doctor, or a colleague. */
export const isOfDoctor = (doctorId: number) =>
  or(
    eq(appointments.doctorId, doctorId),
    isWith(sql`array(select resource_id from doctors where id = ${doctorId}::bigint)`),
  )

const resourcesOf = (patientIds: number[]) => sql`${`{${patientIds.map((id) => -id).join()}}`}::bigint[]`

/** Where any of these resources is a colleague or a companion. The array makes a plan look them up once, by their index. */
export const isWith = (resources: SQL) => sql`${appointments.id} = any (array(
  select appointment_id from claims where resource_id = any (${resources}) and part in ('colleague', 'companion')
))`

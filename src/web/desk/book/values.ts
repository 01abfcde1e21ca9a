import { bookAppointmentInput } from '../../../clinic/appointments/book.ts'
import type { Fault } from '../../../clinic/refusals.ts'
import { writtenNumber } from '../../../clinic/shapes.ts'
import { readFields, type Written } from '../../read-form.ts'

const bookingFields = [
  'doctor_id',
  'start_at',
  'location_id',
  'visit_type_id',
  'minutes',
  'resource_id',
  'patient_id',
  'q',
  'reason',
  'override_reason',
  'name',
  'birth_date',
  'phone',
  'return_to',
] as const
export type BookingField = (typeof bookingFields)[number]

/** The form as it was filled in. */
export type BookingValues = Record<BookingField, string>

export type BookingFaults = Partial<Record<BookingField, Fault>>

export function valuesOf(written: Written): BookingValues {
  const values = Object.fromEntries(bookingFields.map((name) => [name, written(name)])) as BookingValues
  return { ...values, q: values.q.slice(0, 200) }
}

/** The same with the time of a button that offers another, such as `7/2026-11-23T09:00+07:00`. */
export function withInstead(values: BookingValues, instead: string): BookingValues {
  const [doctor, start] = instead.split('/')
  return doctor && start ? { ...values, doctor_id: doctor, start_at: start } : values
}

const { doctorId, startAt, visitTypeId, patientId, locationId, overrideReason, reasonForVisit } =
  bookAppointmentInput.shape
const anId = patientId

const shapes = {
  doctorId: doctorId.unwrap(),
  startAt,
  visitTypeId,
  locationId,
  minutes: writtenNumber(5, 480).optional(),
  resourceId: anId,
  overrideReason,
  reason: reasonForVisit,
}

export const readBooking = (values: BookingValues) =>
  readFields((name) => values[name as BookingField], shapes)

export const readChosenPatient = (values: BookingValues): number | undefined =>
  patientId.safeParse(values.patient_id || undefined).data

/** The wall clock, or the instant, that is so many minutes later. */
export function later(start: string, minutes: number): string {
  if (start.endsWith('Z')) return new Date(Date.parse(start) + minutes * 60_000).toISOString()
  return new Date(Date.parse(`${start.slice(0, 16)}Z`) + minutes * 60_000).toISOString().slice(0, 16)
}

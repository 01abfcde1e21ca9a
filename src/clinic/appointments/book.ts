import type * as z from 'zod'
import { isDesk, requireRight } from '../accounts/guard.ts'
import type { ClinicContext, Person } from '../context.ts'
import { Forbidden } from '../errors.ts'
import { isPatientOf } from '../patients/find.ts'
import type { Fault } from '../refusals.ts'
import { closed, id, minuteOrWallClock, personName, remark } from '../shapes.ts'
import { type BegunAppointment, beginAppointment, type Wish } from './begin.ts'
import { peopleInput } from './people.ts'

export const bookAppointmentInput = closed({
  /** Without a doctor, the free doctor with the fewest appointments that day gets it. */
  doctorId: id.optional(),
  /** Without a doctor: only doctors who work there, and have that specialty. */
  locationId: id.optional(),
  specialty: personName.optional(),
  /** Without one, patients book for themselves. */
  patientId: id.optional(),
  /** Without one, a patient gets the doctor's visit type of that length, in person if there is one; the front desk none. */
  visitTypeId: id.optional(),
  /** A time without an offset is on the wall clock of the doctor's location. */
  startAt: minuteOrWallClock,
  /** Without one, the visit type sets the length. Only the front desk may choose another: it then has no visit type. */
  endAt: minuteOrWallClock.optional(),
  /** Lets the front desk book outside the doctor's hours or beyond the horizon, but never over another appointment. */
  overrideReason: remark.optional(),
  /** In the patient's words. */
  reasonForVisit: remark.optional(),
  ...peopleInput,
})

export type BookAppointment = z.infer<typeof bookAppointmentInput>

export type BookedAppointment<Own = 'too_many_appointments' | 'phone_needed'> =
  | BegunAppointment<Own>
  | { ok: false; refusal: 'not_your_patient' }
  | { ok: false; refusal: 'invalid'; faults: BookingFaults }

export type BookingFaults = Partial<Record<keyof BookAppointment, Fault>>

/**
 * Books `[startAt, endAt)` of the doctor for the patient, in one trip to the database.
 *
 * A patient books for their own patients only (any other id is `not_your_patient`, known or not), and only what
 * `open_slots` offers: a visit type of the doctor (`not_offered`), its whole length, on the doctor's grid
 * (`off_grid`), in open time (`outside_hours`), with its notice (`short_notice`), within its horizon
 * (`beyond_horizon`) and its daily cap (`day_full`). The front desk may use any minute of open time, from 5
 * minutes to 8 hours long, and beyond the horizon only with a reason. No one books what is `in_the_past`. The exclusion
 * constraint decides whether the time of the doctor, with the visit's buffers (`slot_taken`), and of the patient
 * (`patient_busy`) is free. An account has only so many open appointments that were booked online, its dependants' among
 * them (`too_many_appointments`). Patients who are deceased or no longer treated here cannot be booked for
 * (`patient_inactive`), and a visit by phone needs the patient's number (`phone_needed`). All the colleagues and
 * companions come, or nothing is booked (`resource_taken`, `patient_busy`).
 *
 * Doctors book only with themselves, for patients they have seen or will see, and what a patient could book.
 *
 * @throws NotFound for an unknown doctor or patient, NotSignedIn, Forbidden.
 */
export async function bookAppointment(
  ctx: ClinicContext,
  input: BookAppointment,
): Promise<BookedAppointment> {
  const person = requireRight(ctx.actor, 'book appointments')
  if (person.kind === 'doctor') return bookForThemselves(ctx, person, input)
  const patientId = input.patientId ?? (person.kind === 'patient' ? person.patientIds[0] : undefined)
  const faults = missingIn({ ...input, patientId })
  if (patientId === undefined || Object.keys(faults).length > 0)
    return { ok: false, refusal: 'invalid', faults }
  const people = [patientId, ...(input.companionIds ?? [])]
  const areAnothers = person.kind === 'patient' && !people.every((id) => person.patientIds.includes(id))
  if (areAnothers) return { ok: false, refusal: 'not_your_patient' }
  if (!isDesk(ctx.actor)) requireNothingOfDesk(input)
  return beginAppointment<'too_many_appointments'>(ctx, toWish(input, { patientId }), 'book')
}

function requireNothingOfDesk({ overrideReason, colleagueIds, resourceIds }: BookAppointment): void {
  if (overrideReason) throw new Forbidden('Only the front desk can send override_reason.')
  if (colleagueIds || resourceIds)
    throw new Forbidden('Only the front desk can send colleague_ids and resource_ids.')
}

async function bookForThemselves(
  ctx: ClinicContext,
  doctor: Extract<Person, { kind: 'doctor' }>,
  input: BookAppointment,
): Promise<BookedAppointment> {
  const { doctorId = doctor.doctorId, patientId } = input
  if (doctorId !== doctor.doctorId) throw new Forbidden('Doctors can only book with themselves.')
  requireNothingOfDesk(input)
  if (input.companionIds) throw new Forbidden('Doctors cannot send companion_ids.')
  const faults = missingIn({ ...input, doctorId })
  if (patientId === undefined || Object.keys(faults).length > 0)
    return { ok: false, refusal: 'invalid', faults }
  const wish = toWish({ ...input, doctorId }, { patientId })
  return beginAppointment<'too_many_appointments'>(ctx, wish, 'book', isPatientOf(doctor, patientId))
}

/** Splits an input into what finds the time and the columns that are stored; `known` are the columns the verb decides. */
export function toWish(
  {
    locationId,
    specialty,
    startAt,
    endAt,
    colleagueIds,
    companionIds,
    resourceIds,
    ...columns
  }: BookAppointment,
  known: Wish['wanted'],
): Wish {
  const wanted = { ...columns, ...known }
  return { locationId, specialty, startAt, endAt, colleagueIds, companionIds, resourceIds, wanted }
}

/** A patient, and a visit type or a length. Any doctor needs a visit type, and an override needs a named doctor. */
export function missingIn(asked: Omit<BookAppointment, 'startAt'>): BookingFaults {
  const { patientId, doctorId, visitTypeId, endAt, overrideReason } = asked
  const faults: BookingFaults = {}
  if (patientId === undefined) faults.patientId = 'missing'
  if (visitTypeId === undefined && (endAt === undefined || doctorId === undefined))
    faults.visitTypeId = 'missing'
  if (overrideReason && doctorId === undefined) faults.doctorId = 'missing'
  return faults
}

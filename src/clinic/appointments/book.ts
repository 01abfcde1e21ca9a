import { isDesk, requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import type { Fault, TimeRefusal } from '../refusals.ts'
import type { Asked } from './asked.ts'
import { bookUnlessRefused, clearTheWay, type Judged } from './book-statements.ts'
import type { Appointment } from './find.ts'
import { lookAroundUnlessBooked, type Surroundings } from './look-around.ts'

export interface BookAppointment {
  /** Left out, any doctor who offers the visit type is meant: the first who is free, and has least to do. */
  doctorId?: number | undefined
  /** Where, and of which specialty, the doctor shall be. */
  locationId?: number | undefined
  specialty?: string | undefined
  /** May be left out by a patient, who then books for themselves. */
  patientId?: number | undefined
  /** Left out, a patient means the doctor's first visit type of exactly that length, and the front desk none. */
  visitTypeId?: number | undefined
  /** An instant in UTC (`…Z`), or without offset a wall-clock time at the doctor's location. */
  startAt: string
  /** Left out, the visit type's length after the start. Only the front desk may choose another. */
  endAt?: string | undefined
  /** By the front desk: books outside the doctor's hours, never in another's time; kept with the appointment. */
  overrideReason?: string | undefined
}

export type BookedAppointment =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: TimeRefusal; nextFree: NextFree | null }
  | { ok: false; refusal: 'in_the_past' | 'not_offered' | 'not_your_patient' }
  | { ok: false; refusal: 'invalid'; faults: Partial<Record<keyof BookAppointment, Fault>> }

/** Where so long an appointment fits later on the same local day, for this doctor and this patient. */
export interface NextFree {
  startAt: Date
  endAt: Date
  startLocal: string
  endLocal: string
  timeZone: string
}

/**
 * Books `[startAt, endAt)` of the doctor for the patient, in one trip to the database.
 *
 * A patient books for their own patients only (any other id is `not_your_patient`, known or not), and only what
 * `open_slots` offers: a visit type of the doctor (`not_offered`), its whole length, on the doctor's grid
 * (`off_grid`), in open time (`outside_hours`), with its notice (`short_notice`), within its horizon
 * (`beyond_horizon`) and its daily cap (`day_full`). The front desk may use any minute of open time, from 5
 * minutes to 8 hours long. Nobody books what is `in_the_past`. Whether the time is free, of the doctor with
 * the visit's buffers (`slot_taken`) and of the patient (`patient_busy`), the exclusion constraints decide.
 *
 * @throws NotFound for an unknown doctor or patient, NotSignedIn, Forbidden.
 */
export async function bookAppointment(
  ctx: ClinicContext,
  input: BookAppointment,
): Promise<BookedAppointment> {
  const { db, now } = ctx
  const person = requireRight(ctx.actor, 'book appointments')
  const patientId = input.patientId ?? (person.kind === 'patient' ? person.patientIds[0] : undefined)
  const faults = missingIn({ ...input, patientId })
  if (patientId === undefined || Object.keys(faults).length > 0)
    return { ok: false, refusal: 'invalid', faults }
  const isAnothers = person.kind === 'patient' && !person.patientIds.includes(patientId)
  if (isAnothers) return { ok: false, refusal: 'not_your_patient' }
  if (input.overrideReason && !isDesk(ctx.actor))
    throw new Forbidden('Only the front desk books outside the hours.')

  const wish: Asked = {
    doctor: { id: input.doctorId, locationId: input.locationId, specialty: input.specialty },
    patientId,
    visitTypeId: input.visitTypeId,
    startAt: input.startAt,
    endAt: input.endAt,
    byDesk: isDesk(ctx.actor),
    overrideReason: input.overrideReason,
  }
  const [, judgement, surroundings] = await db.batch([
    db.execute(clearTheWay(wish, now)),
    db.execute<Judged>(bookUnlessRefused(ctx, wish)),
    db.execute<Surroundings>(lookAroundUnlessBooked(wish, now)),
  ])
  const [judged] = judgement.rows
  if (!judged) throw new Error('The booking statement answers with one row, whatever it decides.')
  return judged.id === null
    ? refuse(wish, judged, surroundings.rows[0])
    : { ok: true, appointment: toAppointment(judged) }
}

/** What must be said: for whom, and of which kind or how long; of any doctor, of which kind; outside hours, with whom. */
function missingIn(asked: Omit<BookAppointment, 'startAt'>) {
  const { patientId, doctorId, visitTypeId, endAt, overrideReason } = asked
  const faults: Partial<Record<keyof BookAppointment, Fault>> = {}
  if (patientId === undefined) faults.patientId = 'missing'
  if (visitTypeId === undefined && (endAt === undefined || doctorId === undefined))
    faults.visitTypeId = 'missing'
  if (overrideReason && doctorId === undefined) faults.doctorId = 'missing'
  return faults
}

function toAppointment(judged: Judged): Appointment {
  const { visit_type_id } = judged
  return {
    id: Number(judged.id),
    status: judged.status,
    version: 1,
    startAt: new Date(judged.start_at),
    endAt: new Date(judged.end_at),
    startLocal: judged.start_local,
    endLocal: judged.end_local,
    doctor: { id: Number(judged.doctor_id), name: judged.doctor },
    patient: { id: Number(judged.patient_id), name: judged.patient },
    visitType:
      visit_type_id === null
        ? null
        : { id: Number(visit_type_id), name: judged.visit_type, mode: judged.mode },
    overrideReason: judged.override_reason,
    location: { name: judged.location, timeZone: judged.time_zone },
  }
}

function refuse({ doctor }: Asked, { verdict }: Judged, around: Surroundings | undefined): BookedAppointment {
  switch (verdict) {
    case 'no_doctor':
      throw new NotFound('doctor')
    case 'no_patient':
      throw new NotFound('patient')
    case 'in_the_past':
    case 'not_offered':
      return { ok: false, refusal: verdict }
    case 'not_after_start':
    case 'too_short':
    case 'too_long':
    case 'not_the_length':
      return { ok: false, refusal: 'invalid', faults: { endAt: verdict } }
    case 'slot_taken':
    case null:
      return { ok: false, refusal: whoIsOccupied(doctor, around), nextFree: toNextFree(around) }
    default:
      return { ok: false, refusal: verdict, nextFree: toNextFree(around) }
  }
}

// Nobody is, when the appointment that won the race was cancelled before we could look: it was taken then.
function whoIsOccupied(doctor: Asked['doctor'], around: Surroundings | undefined) {
  const isTaken = doctor.id !== undefined && around?.doctor_is_taken
  return around?.patient_is_busy && !isTaken ? 'patient_busy' : 'slot_taken'
}

function toNextFree(around: Surroundings | undefined): NextFree | null {
  if (!around?.next_start_at) return null
  return {
    startAt: new Date(around.next_start_at),
    endAt: new Date(around.next_end_at),
    startLocal: around.next_start_local,
    endLocal: around.next_end_local,
    timeZone: around.time_zone,
  }
}

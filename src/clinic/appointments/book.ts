import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import type { Fault } from '../refusals.ts'
import {
  bookUnlessRefused,
  type Judged,
  lookAroundUnlessBooked,
  type Surroundings,
} from './book-statements.ts'
import type { Appointment } from './find.ts'

export interface BookAppointment {
  doctorId: number
  /** May be left out by a patient, who then books for themselves. */
  patientId?: number | undefined
  /** An instant in UTC (`…Z`), or without offset a wall-clock time at the doctor's location. */
  startAt: string
  endAt: string
}

export type BookedAppointment =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: 'slot_taken' | 'patient_busy' | 'outside_hours'; nextFree: NextFree | null }
  | { ok: false; refusal: 'in_the_past' | 'not_your_patient' }
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
 * A patient books for their own patients only; any other id is `not_your_patient`, known or not. Refuses as
 * `invalid` what is shorter than 5 minutes or longer than 8 hours, then what is `in_the_past`, then what lies
 * `outside_hours`, the doctor's weekly hours on the location's clock. Whether the time is free, of the doctor
 * (`slot_taken`) and of the patient (`patient_busy`), the exclusion constraints decide and nothing else.
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
  if (patientId === undefined) return { ok: false, refusal: 'invalid', faults: { patientId: 'missing' } }
  const isAnothers = person.kind === 'patient' && !person.patientIds.includes(patientId)
  if (isAnothers) return { ok: false, refusal: 'not_your_patient' }

  const wish = { ...input, patientId }
  const [judgement, surroundings] = await db.batch([
    db.execute<Judged>(bookUnlessRefused(wish, now)),
    db.execute<Surroundings>(lookAroundUnlessBooked(wish)),
  ])
  const [judged] = judgement.rows
  if (!judged) throw new Error('The booking statement answers with one row, whatever it decides.')
  return judged.id === null
    ? refuse(judged, surroundings.rows[0])
    : { ok: true, appointment: toAppointment(judged) }
}

function toAppointment(judged: Judged): Appointment {
  return {
    id: Number(judged.id),
    status: judged.status,
    startAt: new Date(judged.start_at),
    endAt: new Date(judged.end_at),
    startLocal: judged.start_local,
    endLocal: judged.end_local,
    doctor: { id: Number(judged.doctor_id), name: judged.doctor },
    patient: { id: Number(judged.patient_id), name: judged.patient },
    location: { name: judged.location, timeZone: judged.time_zone },
  }
}

function refuse({ verdict }: Judged, around: Surroundings | undefined): BookedAppointment {
  switch (verdict) {
    case 'no_doctor':
      throw new NotFound('doctor')
    case 'no_patient':
      throw new NotFound('patient')
    case 'in_the_past':
      return { ok: false, refusal: verdict }
    case 'outside_hours':
      return { ok: false, refusal: verdict, nextFree: toNextFree(around) }
    case null:
      return { ok: false, refusal: whoIsOccupied(around), nextFree: toNextFree(around) }
    default:
      return { ok: false, refusal: 'invalid', faults: { endAt: verdict } }
  }
}

// Nobody is, when the appointment that won the race was cancelled before we could look: it was taken then.
function whoIsOccupied(around: Surroundings | undefined): 'slot_taken' | 'patient_busy' {
  return around?.patient_is_busy && !around.doctor_is_taken ? 'patient_busy' : 'slot_taken'
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

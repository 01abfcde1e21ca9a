import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { closed, id } from '../shapes.ts'
import { toAppointment } from './appointment-row.ts'
import { bookAppointmentInput } from './book.ts'
import { changeAppointment } from './change.ts'
import type { Appointment } from './find.ts'
import { holderOf } from './holds.ts'
import type { VerdictOf } from './verdicts.ts'

export const bookHoldInput = closed({
  holdId: id,
  /** Without one, the hold's patient, or else the caller's own record. */
  patientId: id.optional(),
  reasonForVisit: bookAppointmentInput.shape.reasonForVisit,
})

export type BookHold = z.infer<typeof bookHoldInput>

export type BookedHold =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: Reason | 'not_your_patient' }
  | { ok: false; refusal: 'invalid'; faults: { patientId: 'missing' } }

type Reason = Exclude<VerdictOf<'judge_hold_booking'>, 'already' | 'no_patient' | 'patient_missing'>

/**
 * Books what is held, in one trip: it keeps its id, and its rules were judged when it was held. One that has expired
 * is still booked while no one else has its time and the rules allow it, else it is `hold_expired`. Booking it again
 * is the same answer. It counts towards what the account may have (`too_many_appointments`).
 *
 * @throws NotFound when there is none, or it is not the actor's, and for an unknown patient; NotSignedIn, Forbidden.
 */
export async function bookHold(
  ctx: ClinicContext,
  { holdId, patientId, reasonForVisit }: BookHold,
): Promise<BookedHold> {
  const person = requireRight(ctx.actor, 'book appointments')
  if (person.kind === 'doctor') throw new Forbidden('Doctors book only times of their own.')
  const own = person.kind === 'patient' ? person.patientIds : null
  if (patientId !== undefined && own && !own.includes(patientId))
    return { ok: false, refusal: 'not_your_patient' }
  const booked = await changeAppointment(
    ctx,
    {
      verb: 'book hold',
      id: holdId,
      by: holderOf(ctx),
      wanted: { patientId, reasonForVisit },
      asked: { default_patient_id: own?.[0] },
    },
    'hold',
  )
  switch (booked.verdict) {
    case 'no_patient':
      throw new NotFound('patient')
    case 'patient_missing':
      return { ok: false, refusal: 'invalid', faults: { patientId: 'missing' } }
    case 'already':
    case null:
      return { ok: true, appointment: toAppointment(booked) }
    default:
      return { ok: false, refusal: booked.verdict }
  }
}

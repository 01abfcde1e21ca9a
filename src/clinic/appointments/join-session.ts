import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden } from '../errors.ts'
import { closed, id } from '../shapes.ts'
import { type BegunAppointment, beginAppointment } from './begin.ts'
import { bookAppointmentInput } from './book.ts'

export const joinSessionInput = closed({
  sessionId: id,
  /** Without one, patients book for themselves. */
  patientId: id.optional(),
  reasonForVisit: bookAppointmentInput.shape.reasonForVisit,
})

export type JoinSession = z.infer<typeof joinSessionInput>

/** Why nobody gets a place, besides what may refuse any booking. */
export type JoiningRefusal = 'session_full' | 'wrong_status'

export type JoinedSession<Own = 'too_many_appointments' | 'phone_needed'> =
  | BegunAppointment<Own, JoiningRefusal>
  | { ok: false; refusal: 'not_your_patient' }
  | { ok: false; refusal: 'invalid'; faults: { patientId: 'missing' } }

/**
 * Books a place in a session, in one trip. The participant gets an appointment of their own, which is changed like any other.
 * The last place goes to one of all who ask at once; the others get the next sessions that have one (`session_full`).
 * Nobody joins a cancelled session (`wrong_status`), or twice (`patient_busy`).
 *
 * @throws NotFound for an unknown session or patient, NotSignedIn, Forbidden.
 */
export async function joinSession(ctx: ClinicContext, input: JoinSession): Promise<JoinedSession> {
  const person = requireRight(ctx.actor, 'book appointments')
  if (person.kind === 'doctor') throw new Forbidden('Doctors book only times of their own.')
  const patientId = input.patientId ?? (person.kind === 'patient' ? person.patientIds[0] : undefined)
  if (patientId === undefined) return { ok: false, refusal: 'invalid', faults: { patientId: 'missing' } }
  const isAnothers = person.kind === 'patient' && !person.patientIds.includes(patientId)
  if (isAnothers) return { ok: false, refusal: 'not_your_patient' }
  const { sessionId, reasonForVisit } = input
  return beginAppointment<'too_many_appointments' | 'phone_needed', JoiningRefusal>(
    ctx,
    { wanted: { sessionId, patientId, reasonForVisit } },
    'book',
  )
}

import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import type { ReassignmentRefusal } from '../refusals.ts'
import { closed, id, remark } from '../shapes.ts'
import { toAppointment } from './appointment-row.ts'
import { changeAppointment } from './change.ts'
import type { Appointment } from './find.ts'

export const reassignAppointmentInput = closed({
  id,
  /** Whose it should have been. */
  patientId: id,
  reason: remark,
  /** The number of events the appointment had when the caller saw it. */
  version: z.int().optional(),
})

export type ReassignAppointment = z.infer<typeof reassignAppointmentInput>

export type ReassignedAppointment =
  | { ok: true; appointment: Appointment }
  /** With the appointment that the patient has at that time. */
  | { ok: false; refusal: 'patient_busy'; conflict: Appointment | null }
  | { ok: false; refusal: 'wrong_status' | 'stale' | ReassignmentRefusal }

/**
 * Gives an appointment that was booked for the wrong person to another, in one trip: it keeps its id, its time and its
 * doctor. What is over may be given to someone who is no longer a patient, too. Again is the same answer.
 *
 * @throws NotFound for an unknown appointment or patient; NotSignedIn, Forbidden.
 */
export async function reassignAppointment(
  ctx: ClinicContext,
  { id, patientId, reason, version }: ReassignAppointment,
): Promise<ReassignedAppointment> {
  const person = requireRight(ctx.actor, 'reassign appointments')
  const wanted = { patientId }
  const changed = await changeAppointment(ctx, {
    verb: 'reassign',
    id,
    by: { person },
    reason,
    version,
    wanted,
  })
  switch (changed.verdict) {
    case 'no_patient':
      throw new NotFound('patient')
    case 'already':
    case null:
      return { ok: true, appointment: toAppointment(changed) }
    case 'patient_busy':
      return {
        ok: false,
        refusal: changed.verdict,
        conflict: changed.conflict ? toAppointment(changed.conflict) : null,
      }
    default:
      return { ok: false, refusal: changed.verdict }
  }
}

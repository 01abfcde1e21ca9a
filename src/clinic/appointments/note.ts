import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { closed, id, remark } from '../shapes.ts'
import { type ChangedAppointment, changeStatus } from './change.ts'

export const noteInput = closed({
  id,
  /** Null clears it. */
  note: remark.nullable(),
  /** The number of events the appointment had when the caller saw it. */
  version: z.int().optional(),
})

export type LeaveNote = z.infer<typeof noteInput>

/**
 * Leaves a note on an appointment for the clinic's own people, in the place of the one before. Patients never see it. In one
 * trip; the same again changes nothing. The event keeps the text as its reason, so that both are forgotten together.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function leaveNote(
  ctx: ClinicContext,
  { id, note, version }: LeaveNote,
): Promise<ChangedAppointment> {
  const person = requireRight(ctx.actor, 'run the day')
  const reason = note ?? undefined
  return changeStatus(ctx, { verb: 'note', id, by: { person }, reason, version, wanted: { note } })
}

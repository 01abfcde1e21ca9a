import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import type { Fault } from '../refusals.ts'
import { closed, id, minuteOrWallClock, remark, wholeNumber } from '../shapes.ts'
import { type BegunAppointment, beginAppointment } from './begin.ts'

export const beginSessionInput = closed({
  doctorId: id,
  visitTypeId: id,
  /** Where the doctor works; without one, at their own location. */
  locationId: id.optional(),
  /** On the wall clock of the doctor's location when it has no offset. It lasts as long as the visit type says. */
  startAt: minuteOrWallClock,
  /** How many patients may take part; without one, as many as the visit type says. */
  capacity: wholeNumber(1, 500).optional(),
  /** Lets it lie outside the doctor's hours, but never over another appointment. */
  overrideReason: remark.optional(),
})

export type BeginSession = z.infer<typeof beginSessionInput>

export type BegunSession =
  | BegunAppointment<never, 'not_a_group'>
  | { ok: false; refusal: 'invalid'; faults: Partial<Record<keyof BeginSession, Fault>> }

/**
 * Begins a session for a group, in one trip: an appointment without a patient that takes the doctor once for everyone who
 * will take part. By the front desk, and judged as what it books. The visit type must be of a group (`not_a_group`).
 *
 * @throws NotFound for an unknown doctor, NotSignedIn, Forbidden.
 */
export async function beginSession(ctx: ClinicContext, input: BeginSession): Promise<BegunSession> {
  requireRight(ctx.actor, 'manage sessions')
  const { locationId, startAt, ...columns } = input
  const wish = { locationId, startAt, wanted: { ...columns, patientId: null } }
  return beginAppointment<never, 'not_a_group'>(ctx, wish, 'begin session')
}

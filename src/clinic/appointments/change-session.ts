import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { Offer } from '../availability/find-visit-types.ts'
import type { ClinicContext } from '../context.ts'
import type { Fault, TimeRefusal } from '../refusals.ts'
import { closed, id, remark, wholeNumber } from '../shapes.ts'
import { toAppointment } from './appointment-row.ts'
import { type ChangedAppointment, changeAppointment, changeStatus } from './change.ts'
import type { Appointment } from './find.ts'
import { refuseMove, rescheduleAppointmentInput } from './reschedule.ts'

export const cancelSessionInput = closed({ id, reason: remark })

/**
 * Cancels a session with the appointments of all who take part in it, in one trip: all of them or none, each with its
 * event. Those who have come and gone, or missed it, stay as they are. Cancelling again gives the same answer.
 *
 * @throws NotFound when there is no such session; NotSignedIn, Forbidden.
 */
export async function cancelSession(
  ctx: ClinicContext,
  { id, reason }: z.infer<typeof cancelSessionInput>,
): Promise<ChangedAppointment<'too_late'>> {
  const person = requireRight(ctx.actor, 'manage sessions')
  return changeStatus(ctx, { verb: 'cancel', id, by: { person }, reason, isSession: true }, 'session')
}

export const moveSessionInput = rescheduleAppointmentInput
  .omit({ sessionId: true, version: true, endAt: true })
  .required({ startAt: true })

export type MoveSession = z.infer<typeof moveSessionInput>

export type MovedSession =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: TimeRefusal; nextFreeStartAt: Date | null; busyParticipants?: number[] }
  | { ok: false; refusal: 'not_offered'; offered: Offer[] }
  | { ok: false; refusal: 'in_the_past' | 'session_needed' | 'too_late' | 'wrong_status' | 'stale' }
  | { ok: false; refusal: 'invalid'; faults: Partial<Record<keyof MoveSession, Fault>> }

/**
 * Moves a session and everyone who takes part in it, in one trip: all of them, or nothing when some of them, or people
 * who come with them, are not free then (`patient_busy`, with the ids of their appointments in this session).
 *
 * @throws NotFound when there is no such session or doctor; NotSignedIn, Forbidden.
 */
export async function moveSession(ctx: ClinicContext, wish: MoveSession): Promise<MovedSession> {
  const person = requireRight(ctx.actor, 'manage sessions')
  const { id, startAt, doctorId, overrideReason } = wish
  const moved = await changeAppointment(
    ctx,
    {
      verb: 'reschedule',
      id,
      by: { person },
      reason: overrideReason,
      wanted: { doctorId, overrideReason },
      asked: { starts: startAt },
      isSession: true,
    },
    'session',
  )
  const { verdict, next_start_at: next, busy_participants: busy } = moved
  if (verdict === null || verdict === 'already') return { ok: true, appointment: toAppointment(moved) }
  if (verdict === 'not_offered') return { ok: false, refusal: verdict, offered: moved.offered ?? [] }
  if (verdict === 'session_full') throw new Error('A session does not move into another.')
  const refused = refuseMove(verdict, { nextFreeStartAt: next == null ? null : new Date(next) })
  return busy && refused.refusal === 'patient_busy' ? { ...refused, busyParticipants: busy } : refused
}

export const resizeSessionInput = closed({ id, capacity: wholeNumber(1, 500) })

/**
 * Gives a session another capacity, in one trip; never below the places that are taken (`too_few_places`).
 *
 * @throws NotFound when there is no such session; NotSignedIn, Forbidden.
 */
export async function resizeSession(
  ctx: ClinicContext,
  { id, capacity }: z.infer<typeof resizeSessionInput>,
): Promise<ChangedAppointment<'too_few_places'>> {
  const person = requireRight(ctx.actor, 'manage sessions')
  const change = { verb: 'resize', id, by: { person }, wanted: { capacity }, isSession: true } as const
  return changeStatus(ctx, change, 'session')
}

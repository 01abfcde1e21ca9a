import * as z from 'zod'
import { isDesk, requireRight } from '../accounts/guard.ts'
import type { Offer } from '../availability/find-visit-types.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden } from '../errors.ts'
import type { Fault, TimeRefusal } from '../refusals.ts'
import { closed, id, remark } from '../shapes.ts'
import { toAppointment } from './appointment-row.ts'
import { changeAppointment } from './change.ts'
import type { Appointment } from './find.ts'
import { type Missing, toMissing } from './people.ts'
import { refuseMove } from './reschedule.ts'

export const changeVisitTypeInput = closed({
  id,
  visitTypeId: id,
  /** Lets the front desk reach outside the doctor's hours or beyond the horizon, but never over another appointment. */
  overrideReason: remark.optional(),
  /** The number of events the appointment had when the caller saw it. */
  version: z.int().optional(),
})

export type ChangeVisitType = z.infer<typeof changeVisitTypeInput>

export type ChangedVisitType =
  | { ok: true; appointment: Appointment }
  | ({ ok: false; refusal: TimeRefusal; nextFreeStartAt: Date | null } & Missing)
  | { ok: false; refusal: 'not_offered'; offered: Offer[] }
  | { ok: false; refusal: PlainRefusal }
  | { ok: false; refusal: 'invalid'; faults: { visitTypeId?: Fault } }

type PlainRefusal =
  | 'in_the_past'
  | 'session_needed'
  | 'approval_needed'
  | 'phone_needed'
  | 'too_late'
  | 'wrong_status'
  | 'stale'

/**
 * Gives an appointment another visit type, in one trip. It keeps its start, and gets the length, the buffers and the needs of
 * that type, or it stays as it is. The rules are those of a move. The type that it already has changes nothing.
 *
 * A session and its places keep theirs (`session_needed`). Once booked, a patient cannot give it a type that the clinic
 * approves first (`approval_needed`).
 *
 * @throws NotFound for an unknown appointment, or when it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function changeVisitType(ctx: ClinicContext, wish: ChangeVisitType): Promise<ChangedVisitType> {
  const person = requireRight(ctx.actor, 'change appointments')
  const { id, visitTypeId, overrideReason, version } = wish
  if (overrideReason && !isDesk(ctx.actor))
    throw new Forbidden('Only the front desk can send override_reason.')
  const changed = await changeAppointment(ctx, {
    verb: 'change visit type',
    id,
    by: { person },
    reason: overrideReason,
    version,
    wanted: { visitTypeId, overrideReason },
  })
  const { verdict, next_start_at } = changed
  if (verdict === null || verdict === 'already') return { ok: true, appointment: toAppointment(changed) }
  if (verdict === 'not_offered') return { ok: false, refusal: verdict, offered: changed.offered ?? [] }
  if (verdict === 'approval_needed' || verdict === 'phone_needed') return { ok: false, refusal: verdict }
  const refused = refuseMove(verdict, {
    nextFreeStartAt: next_start_at == null ? null : new Date(next_start_at),
    ...toMissing(changed.missing),
  })
  if (refused.refusal === 'invalid') throw new Error('A visit type brings a length of its own.')
  return refused
}

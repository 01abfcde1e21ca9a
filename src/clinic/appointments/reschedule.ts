import * as z from 'zod'
import { isDesk, requireRight } from '../accounts/guard.ts'
import type { Offer } from '../availability/find-visit-types.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import type { Fault, TimeRefusal } from '../refusals.ts'
import { closed, id, minuteOrWallClock, remark } from '../shapes.ts'
import { toAppointment } from './appointment-row.ts'
import { changeAppointment } from './change.ts'
import type { Appointment } from './find.ts'
import { type Missing, peopleInput, toMissing } from './people.ts'
import type { VerdictOf } from './verdicts.ts'

export const rescheduleAppointmentInput = closed({
  id,
  /** Without one, the doctor stays. */
  doctorId: id.optional(),
  /** A time without an offset is on the wall clock of the (new) doctor's location. */
  startAt: minuteOrWallClock,
  /** Without one, the front desk keeps the length, and a patient gets the visit type's. Only the desk chooses
   * another; one that is not the visit type's takes the visit type away. */
  endAt: minuteOrWallClock.optional(),
  /** Lets the front desk move it outside the doctor's hours or beyond the horizon, but never over another appointment. */
  overrideReason: remark.optional(),
  /** Other rooms and devices instead of those it has; the front desk names them. */
  resourceIds: peopleInput.resourceIds,
  /** The number of events the appointment had when the caller saw it. */
  version: z.int().optional(),
})

export type RescheduleAppointment = z.infer<typeof rescheduleAppointmentInput>

export type RescheduledAppointment =
  | { ok: true; appointment: Appointment }
  | ({ ok: false; refusal: TimeRefusal; nextFreeStartAt: Date | null } & Missing)
  | { ok: false; refusal: 'not_offered'; offered: Offer[] }
  | { ok: false; refusal: 'in_the_past' | 'too_late' | 'wrong_status' | 'stale' }
  | { ok: false; refusal: 'invalid'; faults: Partial<Record<keyof RescheduleAppointment, Fault>> }

/**
 * Moves a booked appointment to another time, possibly of another doctor, in one trip: it keeps its id and either
 * moves or stays. Its own old time does not stand in the way. Who may, and whereto, is as for booking; a patient moves
 * until the visit type's notice before the start (`too_late`). Moving it to where it is changes nothing.
 *
 * @throws NotFound for an unknown appointment or doctor, or when it is none of the actor's business; NotSignedIn,
 * Forbidden.
 */
export async function rescheduleAppointment(
  ctx: ClinicContext,
  wish: RescheduleAppointment,
): Promise<RescheduledAppointment> {
  const person = requireRight(ctx.actor, 'change appointments')
  if (wish.overrideReason && !isDesk(ctx.actor))
    throw new Forbidden('Only the front desk can send override_reason.')
  if (wish.resourceIds && !isDesk(ctx.actor))
    throw new Forbidden('Only the front desk can send resource_ids.')
  const { id, startAt, endAt, doctorId, overrideReason, resourceIds, version } = wish
  const moved = await changeAppointment(ctx, {
    verb: 'reschedule',
    id,
    by: { person },
    reason: overrideReason,
    version,
    wanted: { doctorId, overrideReason },
    asked: { starts: startAt, ends: endAt, resource_ids: resourceIds },
  })
  const { verdict, next_start_at } = moved
  if (verdict === 'not_offered') return { ok: false, refusal: verdict, offered: moved.offered ?? [] }
  if (verdict === null || verdict === 'already') return { ok: true, appointment: toAppointment(moved) }
  return refuse(verdict, {
    nextFreeStartAt: next_start_at == null ? null : new Date(next_start_at),
    ...toMissing(moved.missing),
  })
}

function refuse(
  verdict: Exclude<VerdictOf<'judge_move' | 'judge_attendance'>, 'already' | 'not_offered'>,
  otherwise: { nextFreeStartAt: Date | null } & Missing,
): RescheduledAppointment {
  switch (verdict) {
    case 'no_doctor':
      throw new NotFound('doctor')
    case 'not_after_start':
    case 'too_short':
    case 'too_long':
    case 'not_the_length':
      return { ok: false, refusal: 'invalid', faults: { endAt: verdict } }
    case 'colleague_twice':
      return { ok: false, refusal: 'invalid', faults: { doctorId: 'named_twice' } }
    case 'no_resource':
      return { ok: false, refusal: 'invalid', faults: { resourceIds: 'unknown' } }
    case 'in_the_past':
    case 'too_late':
    case 'wrong_status':
    case 'stale':
      return { ok: false, refusal: verdict }
    default:
      return { ok: false, refusal: verdict, ...otherwise }
  }
}

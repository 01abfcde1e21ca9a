import * as z from 'zod'
import { isDesk, requireRight } from '../accounts/guard.ts'
import type { Offer } from '../availability/find-visit-types.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import type { Fault, TimeRefusal } from '../refusals.ts'
import { closed, id, minuteOrWallClock, remark } from '../shapes.ts'
import { toAppointment } from './appointment-row.ts'
import type { FullSession } from './begin.ts'
import { changeAppointment } from './change.ts'
import type { Appointment } from './find.ts'
import { type Missing, peopleInput, toMissing } from './people.ts'
import type { VerdictOf } from './verdicts.ts'

export const rescheduleAppointmentInput = closed({
  id,
  /** Without one, the doctor stays. */
  doctorId: id.optional(),
  /** Without one, it goes where the doctor works then. Outside their hours, it stays where it is, if they work there. */
  locationId: id.optional(),
  /** A time without an offset is on the wall clock of the (new) doctor's location. */
  startAt: minuteOrWallClock.optional(),
  /** Without one, the front desk keeps the length, and a patient gets the visit type's. Only the desk chooses
   * another; one that is not the visit type's takes the visit type away. */
  endAt: minuteOrWallClock.optional(),
  /** Lets the front desk move it outside the doctor's hours or beyond the horizon, but never over another appointment. */
  overrideReason: remark.optional(),
  /** Other rooms and devices instead of those it has; the front desk names them. */
  resourceIds: peopleInput.resourceIds,
  /** A participant moves to another session of the same visit type instead, and to no time of their own. */
  sessionId: id.optional(),
  /** The number of events the appointment had when the caller saw it. */
  version: z.int().optional(),
})

export type RescheduleAppointment = z.infer<typeof rescheduleAppointmentInput>

export type RescheduledAppointment =
  | { ok: true; appointment: Appointment }
  | ({ ok: false; refusal: TimeRefusal; nextFreeStartAt: Date | null } & Missing)
  | { ok: false; refusal: 'not_offered'; offered: Offer[] }
  | { ok: false; refusal: PlainRefusal }
  | FullSession
  | { ok: false; refusal: 'invalid'; faults: Partial<Record<keyof RescheduleAppointment, Fault>> }

type PlainRefusal = 'in_the_past' | 'session_needed' | 'too_late' | 'wrong_status' | 'stale'

/**
 * Moves a booked appointment to another time, possibly of another doctor, in one trip: it keeps its id and either
 * moves or stays. Its own old time does not stand in the way. Who may, and whereto, is as for booking; a patient moves
 * until the visit type's notice before the start (`too_late`). Moving it to where it is changes nothing.
 *
 * A participant moves to another session of the visit type, and keeps the old place until the other is theirs
 * (`session_needed`, `session_full`).
 *
 * @throws NotFound for an unknown appointment, doctor or session, or when it is none of the actor's business; NotSignedIn,
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
  const { id, startAt, endAt, doctorId, locationId, overrideReason, resourceIds, version, sessionId } = wish
  const faults = faultsIn(wish)
  if (Object.keys(faults).length > 0) return { ok: false, refusal: 'invalid', faults }
  const moved = await changeAppointment(ctx, {
    verb: 'reschedule',
    id,
    by: { person },
    reason: overrideReason,
    version,
    wanted: { doctorId, locationId, overrideReason, sessionId },
    asked: { starts: startAt, ends: endAt, resource_ids: resourceIds },
  })
  const { verdict, next_start_at, next_sessions } = moved
  if (verdict === 'not_offered') return { ok: false, refusal: verdict, offered: moved.offered ?? [] }
  if (verdict === null || verdict === 'already') return { ok: true, appointment: toAppointment(moved) }
  if (verdict === 'session_full')
    return { ok: false, refusal: verdict, nextSessions: (next_sessions ?? []).map(toAppointment) }
  return refuseMove(verdict, {
    nextFreeStartAt: next_start_at == null ? null : new Date(next_start_at),
    ...toMissing(moved.missing),
  })
}

/** Either a start, or a session, which brings its own. */
function faultsIn({ sessionId, startAt, ...other }: RescheduleAppointment) {
  const faults: Partial<Record<keyof RescheduleAppointment, Fault>> = {}
  if (sessionId === undefined && startAt === undefined) faults.startAt = 'missing'
  if (sessionId === undefined) return faults
  if (startAt !== undefined) faults.startAt = 'not_expected'
  for (const field of ['endAt', 'doctorId', 'overrideReason', 'resourceIds'] as const)
    if (other[field] !== undefined) faults[field] = 'not_expected'
  return faults
}

type MoveVerdict = Exclude<
  VerdictOf<'judge_move' | 'judge_session_move' | 'judge_attendance'>,
  'already' | 'not_offered' | 'session_full'
>

/** Why an appointment is not moved, in the words of the verbs. */
export function refuseMove(
  verdict: MoveVerdict,
  otherwise: { nextFreeStartAt: Date | null } & Missing,
): Exclude<RescheduledAppointment, { ok: true } | FullSession> {
  switch (verdict) {
    case 'no_session':
      throw new NotFound('session')
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
    case 'session_needed':
    case 'too_late':
    case 'wrong_status':
    case 'stale':
      return { ok: false, refusal: verdict }
    default:
      return { ok: false, refusal: verdict, ...otherwise }
  }
}

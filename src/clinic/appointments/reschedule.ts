import { isDesk, requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import type { Fault, TimeRefusal } from '../refusals.ts'
import { toAppointment } from './appointment-row.ts'
import { changeAppointment } from './change.ts'
import type { Appointment } from './find.ts'

/** Which appointment, and whereto. */
export interface RescheduleAppointment {
  id: number
  /** An instant in UTC (`…Z`), or without offset a wall-clock time at the (new) doctor's location. */
  startAt: string
  /** Left out, the front desk keeps the length, and a patient gets the visit type's. Only the desk chooses another. */
  endAt?: string | undefined
  /** Left out, the doctor stays. */
  doctorId?: number | undefined
  /** By the front desk: moves it outside the doctor's hours, never into another's time; kept with it. */
  overrideReason?: string | undefined
  /** The number of events that the appointment had when it was looked at. */
  version?: number | undefined
}

export type RescheduledAppointment =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: TimeRefusal; nextFreeStartAt: Date | null }
  | { ok: false; refusal: 'in_the_past' | 'not_offered' | 'too_late' | 'wrong_status' | 'stale' }
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
  const { id, startAt, endAt, doctorId, overrideReason, version } = wish
  const moved = await changeAppointment(ctx, {
    verb: 'reschedule',
    id,
    by: { person },
    reason: overrideReason,
    version,
    asked: { to_doctor: doctorId, starts: startAt, ends: endAt },
  })
  return moved.verdict === null || moved.verdict === 'already'
    ? { ok: true, appointment: toAppointment(moved) }
    : refuse(moved)
}

function refuse({
  verdict,
  next_start_at,
}: {
  verdict: string | null
  next_start_at?: string | null
}): RescheduledAppointment {
  switch (verdict) {
    case 'no_doctor':
      throw new NotFound('doctor')
    case 'not_after_start':
    case 'too_short':
    case 'too_long':
    case 'not_the_length':
      return { ok: false, refusal: 'invalid', faults: { endAt: verdict } }
    case 'in_the_past':
    case 'not_offered':
    case 'too_late':
    case 'wrong_status':
    case 'stale':
      return { ok: false, refusal: verdict }
    default:
      return {
        ok: false,
        refusal: verdict as TimeRefusal,
        nextFreeStartAt: next_start_at == null ? null : new Date(next_start_at),
      }
  }
}

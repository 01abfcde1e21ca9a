import { isDesk, requireRight } from '../accounts/guard.ts'
import { tellFreeTime } from '../availability/free-time-changes.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { sendOnce } from '../once.ts'
import type { Fault, TimeRefusal } from '../refusals.ts'
import { toAppointment } from './appointment-row.ts'
import { lookAgain } from './change.ts'
import type { Appointment } from './find.ts'
import {
  type Moved,
  makeRoom,
  moveUnlessRefused,
  type RescheduleAppointment,
  takeTurns,
} from './reschedule-statements.ts'

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
    throw new Forbidden('Only the front desk books outside the hours.')
  const [[moved]] = await lookAgain(() =>
    sendOnce<[Moved]>(ctx, [takeTurns(wish), makeRoom(ctx, wish), moveUnlessRefused(ctx, person, wish)]),
  )
  if (!moved) throw new NotFound('appointment')
  if (moved.verdict === null) tellFreeTime(ctx, [...(moved.former ? [moved.former] : []), moved])
  return moved.verdict === null || moved.verdict === 'already'
    ? { ok: true, appointment: toAppointment(moved) }
    : refuse(moved)
}

function refuse({ verdict, next_start_at }: Moved): RescheduledAppointment {
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
        nextFreeStartAt: next_start_at === null ? null : new Date(next_start_at),
      }
  }
}

import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import type { Fault } from '../refusals.ts'
import { id, minuteOrWallClock, remark } from '../shapes.ts'
import { changeSeries, changeSeriesInput, type Hindrance } from './change.ts'
import type { Series } from './series-row.ts'

export const rescheduleSeriesFields = changeSeriesInput.extend({
  /** The new start of the appointment in `from`; those that follow move by the same local time. */
  startAt: minuteOrWallClock.optional(),
  /** Without one, the doctor stays. */
  doctorId: id.optional(),
  /** Lets the front desk move them outside the doctor's hours, but never over another appointment. */
  overrideReason: remark.optional(),
})

type Goal = { startAt?: string | undefined; doctorId?: number | undefined }

/** For `refine`: a move needs another start, another doctor or both. */
export const requireGoal = [
  ({ startAt, doctorId }: Goal) => startAt !== undefined || doctorId !== undefined,
  { path: ['startAt'] as PropertyKey[], error: () => 'missing' satisfies Fault },
] as const

export const rescheduleSeriesInput = rescheduleSeriesFields.refine(...requireGoal)

export type RescheduledSeries =
  | { ok: true; series: Series }
  | { ok: false; refusal: 'stale' | 'wrong_status' | 'not_offered' }
  | { ok: false; refusal: 'dates_refused'; hindrances: Hindrance[] }

/**
 * Moves one appointment of a series, or that one and all that follow it, in one trip: all of them or none. They keep their
 * lengths. A refusal names those that cannot move.
 *
 * @throws NotFound for an unknown series or doctor, or an appointment that is not one of the series; NotSignedIn, Forbidden.
 */
export async function rescheduleSeries(
  ctx: ClinicContext,
  { startAt, doctorId, overrideReason, ...change }: z.infer<typeof rescheduleSeriesInput>,
): Promise<RescheduledSeries> {
  requireRight(ctx.actor, 'plan series')
  const moved = await changeSeries(ctx, {
    verb: 'reschedule',
    ...change,
    wanted: { doctorId, overrideReason },
    asked: { starts: startAt, reason: overrideReason },
  })
  if (!moved.ok) return moved
  const { hindrances } = moved
  const verdicts = hindrances.map(({ verdict }) => verdict)
  if (verdicts.includes('no_doctor')) throw new NotFound('doctor')
  if (verdicts.includes('not_offered')) return { ok: false, refusal: 'not_offered' }
  if (hindrances.length > 0) return { ok: false, refusal: 'dates_refused', hindrances }
  return { ok: true, series: moved.series }
}

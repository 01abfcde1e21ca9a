import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { remark } from '../shapes.ts'
import { changeSeries, changeSeriesInput } from './change.ts'
import type { Series } from './series-row.ts'

export const cancelSeriesInput = changeSeriesInput.extend({
  /** The history of each appointment keeps it. */
  reason: remark,
})

export type CancelledSeries = { ok: true; series: Series } | { ok: false; refusal: 'stale' | 'wrong_status' }

/**
 * Cancels one appointment of a series, or that one and all that follow it, in one trip; their time is free at once.
 * Cancelling again changes nothing.
 *
 * @throws NotFound for an unknown series, or an appointment that is not one of it; NotSignedIn, Forbidden.
 */
export async function cancelSeries(
  ctx: ClinicContext,
  { reason, ...change }: z.infer<typeof cancelSeriesInput>,
): Promise<CancelledSeries> {
  requireRight(ctx.actor, 'plan series')
  const cancelled = await changeSeries(ctx, { verb: 'cancel', ...change, asked: { reason } })
  return cancelled.ok ? { ok: true, series: cancelled.series } : cancelled
}

import { requireRight } from '../accounts/guard.ts'
import { tellBegun } from '../appointments/tell-appointment.ts'
import type { ClinicContext } from '../context.ts'
import { type PlannedDate, type PlanRefused, type PlanSeries, tryPlan } from './plan.ts'
import { type Series, type SeriesRow, toSeries } from './series-row.ts'

export type BookedSeries =
  | { ok: true; series: Series }
  | { ok: false; refusal: 'dates_refused'; dates: PlannedDate[] }
  | PlanRefused

/**
 * Books every appointment of a series or none, in one trip. All start at the same time on the wall clock of the location,
 * before and after a clock change. A refusal names each date that is refused, with times near it.
 *
 * @throws NotFound for an unknown doctor or patient, NotSignedIn, Forbidden.
 */
export async function bookSeries(ctx: ClinicContext, plan: PlanSeries): Promise<BookedSeries> {
  requireRight(ctx.actor, 'plan series')
  const tried = await tryPlan(ctx, plan, { isPreview: false })
  if (!tried.ok) return tried
  const { head, dates, booked } = tried
  if (head.id === undefined) return { ok: false, refusal: 'dates_refused', dates }
  for (const row of booked) tellBegun(ctx, 'book', row)
  return { ok: true, series: toSeries(head as SeriesRow, booked) }
}

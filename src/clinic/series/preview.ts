import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type PlannedDate, type PlanRefused, type PlanSeries, tryPlan } from './plan.ts'

export type PreviewedSeries = { ok: true; dates: PlannedDate[] } | PlanRefused

/**
 * Shows every date of a series with what is in its way and times near it, in one trip. The database books the series and
 * gives everything back, so what is free here is free for the whole of it.
 *
 * @throws NotFound for an unknown doctor or patient, NotSignedIn, Forbidden.
 */
export async function previewSeries(ctx: ClinicContext, plan: PlanSeries): Promise<PreviewedSeries> {
  requireRight(ctx.actor, 'plan series')
  const tried = await tryPlan(ctx, plan, { isPreview: true })
  return tried.ok ? { ok: true, dates: tried.dates } : tried
}

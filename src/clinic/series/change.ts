import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type AppointmentRow, toAppointment } from '../appointments/appointment-row.ts'
import { tryAgain } from '../appointments/change.ts'
import type { Appointment } from '../appointments/find.ts'
import { type Former, tellChanged, tellReleased } from '../appointments/tell-appointment.ts'
import { transitions } from '../appointments/transitions.ts'
import type { VerdictOf } from '../appointments/verdicts.ts'
import { acting, type Composite, composite, type WantedAppointment, wantedAppointment } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { callIdempotently } from '../idempotency.ts'
import { closed, fault, id } from '../shapes.ts'
import { type Series, type SeriesRow, toSeries } from './series-row.ts'

export const changeSeriesInput = closed({
  id,
  /** One of its appointments. */
  from: id,
  /** That one only, or that one and all that follow it. */
  scope: z.enum(['this', 'following'], { error: fault('not_a_choice') }),
  /** The number of events its appointments had when the caller saw it. */
  version: z.int().optional(),
})

/** What `judge_series_change` answers; test/verdicts.test.ts compares them. */
export const seriesChangeVerdicts = ['no_series', 'stale', 'wrong_status'] as const

type ChangedRow = AppointmentRow & { verdict: VerdictOf<'judge_move'> | null; former?: Former }

/** An appointment that keeps the others from changing, and why. */
export interface Hindrance {
  verdict: VerdictOf<'judge_move'>
  appointment: Appointment
}

interface SeriesChange extends z.infer<typeof changeSeriesInput> {
  verb: 'reschedule' | 'cancel'
  wanted?: WantedAppointment
  asked?: Pick<Composite<'change'>, 'reason' | 'starts'>
}

export type ChangedSeries =
  | { ok: true; series: Series; hindrances: Hindrance[] }
  | { ok: false; refusal: 'stale' | 'wrong_status' }

/**
 * Changes one appointment of a series, or that one and all that follow it: all of them or none, in one trip. What has begun,
 * is over or was cancelled stays as it is.
 *
 * @throws NotFound for an unknown series, or an appointment that is not one of it.
 */
export async function changeSeries(ctx: ClinicContext, change: SeriesChange): Promise<ChangedSeries> {
  const { verb, id, from, scope, version, wanted, asked } = change
  const { event, from: statuses, to: status } = transitions[verb]
  const columns = wantedAppointment({ ...wanted, status })
  const given = composite('change', { event, from_statuses: statuses, of_anyone: true, version, ...asked })
  const call = sql`change_series(${id}, ${from}, ${scope === 'following'}, ${columns}, ${given}, ${acting(ctx)})`
  type Head = SeriesRow & { verdict: (typeof seriesChangeVerdicts)[number] | null }
  type Answers = [Head, ChangedRow, ChangedRow, AppointmentRow, AppointmentRow]
  const [[head], refused, changed, all, released] = await tryAgain(() => callIdempotently<Answers>(ctx, call))
  if (!head) throw new Error('change_series always returns one row.')
  for (const hold of released) tellReleased(ctx, hold)
  if (head.verdict === 'no_series') throw new NotFound('series')
  if (head.verdict) return { ok: false, refusal: head.verdict }
  for (const row of changed) tellChanged(ctx, verb, row, row.former)
  return { ok: true, series: toSeries(head, all), hindrances: refused.map(toHindrance) }
}

function toHindrance(row: ChangedRow): Hindrance {
  return { verdict: row.verdict ?? 'slot_taken', appointment: toAppointment(row) }
}

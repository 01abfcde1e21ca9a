import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import { bookSeries } from '../clinic/series/book.ts'
import { cancelSeries, cancelSeriesInput } from '../clinic/series/cancel.ts'
import { findSeries } from '../clinic/series/find.ts'
import {
  changedDateInput,
  type PlannedDate,
  type PlanRefused,
  planFields,
  requireLength,
} from '../clinic/series/plan.ts'
import { previewSeries } from '../clinic/series/preview.ts'
import {
  type RescheduledSeries,
  requireGoal,
  rescheduleSeries,
  rescheduleSeriesFields,
} from '../clinic/series/reschedule.ts'
import type { Series } from '../clinic/series/series-row.ts'
import { closed, listOf } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet, readIfMatch } from '../http/conditions.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { appointmentToJson } from './appointment-json.ts'
import { allowOnly, requireJson } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseFields, refuseInvalid } from './refuse-invalid.ts'
import type { PlannedDateJson, SeriesJson } from './series-answers.ts'

export const seriesBody = closed({
  series: inSnakeCase(
    planFields.extend({ changes: listOf(inSnakeCase(changedDateInput)).optional() }).refine(...requireLength),
  ),
})

export const seriesReschedulingBody = closed({
  rescheduling: inSnakeCase(rescheduleSeriesFields.omit({ id: true, version: true }).refine(...requireGoal)),
})

export const seriesCancellationBody = closed({
  cancellation: inSnakeCase(cancelSeriesInput.omit({ id: true, version: true })),
})

export const seriesApi = new Hono<AppEnv>()

seriesApi.post('/', requireJson, zValidator('json', seriesBody, refuseInvalid), async (c) => {
  const booked = await bookSeries(c.var.clinic, c.req.valid('json').series)
  if (booked.ok) {
    c.header('Location', `/api/v1/series/${booked.series.id}`)
    return showSeries(c, booked.series, 201)
  }
  if (booked.refusal !== 'dates_refused') return refusePlan(c, booked)
  const refused = booked.dates.filter(({ refusal }) => refusal !== null)
  return problem(c, 'dates_refused', { dates: refused.map(plannedDateToJson) })
})
seriesApi.all('/', allowOnly('POST'))

seriesApi.post('/preview', requireJson, zValidator('json', seriesBody, refuseInvalid), async (c) => {
  const previewed = await previewSeries(c.var.clinic, c.req.valid('json').series)
  if (!previewed.ok) return refusePlan(c, previewed)
  return c.json({ dates: previewed.dates.map(plannedDateToJson) })
})
seriesApi.all('/preview', allowOnly('POST'))

seriesApi.get('/:id', conditionalGet, async (c) =>
  showSeries(c, await findSeries(c.var.clinic, idIn(c, 'series'))),
)
seriesApi.all('/:id', allowOnly('GET, HEAD'))

seriesApi.post(
  '/:id/rescheduling',
  requireJson,
  zValidator('json', seriesReschedulingBody, refuseInvalid),
  async (c) => {
    const moved = await rescheduleSeries(c.var.clinic, {
      id: idIn(c, 'series'),
      version: readIfMatch(c),
      ...c.req.valid('json').rescheduling,
    })
    return moved.ok ? showSeries(c, moved.series) : refuseMove(c, moved)
  },
)
seriesApi.all('/:id/rescheduling', allowOnly('POST'))

seriesApi.post(
  '/:id/cancellation',
  requireJson,
  zValidator('json', seriesCancellationBody, refuseInvalid),
  async (c) => {
    const cancelled = await cancelSeries(c.var.clinic, {
      id: idIn(c, 'series'),
      version: readIfMatch(c),
      ...c.req.valid('json').cancellation,
    })
    return cancelled.ok ? showSeries(c, cancelled.series) : problem(c, cancelled.refusal)
  },
)
seriesApi.all('/:id/cancellation', allowOnly('POST'))

function showSeries(c: Context<AppEnv>, series: Series, status: 200 | 201 = 200): Response {
  c.header('ETag', `"${series.version}"`)
  return c.json({ series: seriesToJson(c, series) }, status)
}

function seriesToJson(c: Context<AppEnv>, series: Series): SeriesJson {
  return {
    id: series.id,
    patient_id: series.patientId,
    rule: series.rule,
    created_at: series.createdAt.toISOString(),
    appointments: series.appointments.map((one) => appointmentToJson(c, one)),
  }
}

function plannedDateToJson(planned: PlannedDate): PlannedDateJson {
  return {
    date: planned.date,
    ...timeToJson(planned),
    time_zone: planned.timeZone,
    refusal: planned.refusal,
    alternatives: planned.alternatives.map(timeToJson),
  }
}

function timeToJson({ startAt, endAt, startLocal, endLocal }: PlannedDate['alternatives'][number]) {
  return {
    start_at: startAt.toISOString(),
    end_at: endAt.toISOString(),
    start_local: startLocal,
    end_local: endLocal,
  }
}

function refusePlan(c: Context<AppEnv>, refused: PlanRefused): Response {
  if (refused.refusal === 'invalid') return refuseFields(c, 'series', refused.faults)
  return problem(c, refused.refusal)
}

function refuseMove(c: Context<AppEnv>, refused: Extract<RescheduledSeries, { ok: false }>): Response {
  if (refused.refusal !== 'dates_refused') return problem(c, refused.refusal)
  const dates = refused.hindrances.map(({ verdict, appointment }) => ({
    appointment_id: appointment.id,
    date: appointment.startLocal.slice(0, 10),
    refusal: verdict,
  }))
  return problem(c, 'dates_refused', { dates })
}

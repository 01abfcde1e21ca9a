import { type Context, Hono } from 'hono'
import { isDesk, requireRight } from '../../clinic/accounts/guard.ts'
import { NotFound } from '../../clinic/errors.ts'
import type { Fault } from '../../clinic/refusals.ts'
import { bookSeries } from '../../clinic/series/book.ts'
import { cancelSeries, cancelSeriesInput } from '../../clinic/series/cancel.ts'
import { findSeries } from '../../clinic/series/find.ts'
import type { PlannedDate, PlanRefused } from '../../clinic/series/plan.ts'
import { previewSeries } from '../../clinic/series/preview.ts'
import { readPlanPage } from '../../clinic/series/read-plan-page.ts'
import { rescheduleSeries, rescheduleSeriesFields } from '../../clinic/series/reschedule.ts'
import { id } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { readTyped } from '../booking/patient-search.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm } from '../read-form.ts'
import { PlanPage } from './plan-page.tsx'
import { blankValues, type PlanFaults, readPlan, readWritten, type Written } from './read-plan.ts'
import { SeriesPage, type SeriesSaid } from './series-page.tsx'

export const series = new Hono<AppEnv>()

series.get('/new', (c) => {
  const asked = (name: string) => c.req.query(name) ?? ''
  const given = {
    patient_id: asked('patient_id'),
    doctor_id: asked('doctor_id'),
    visit_type_id: asked('visit_type_id'),
  }
  return showPlan(c, { written: { values: blankValues(given), choices: {} } })
})

// Reloading the page in another language asks for this address.
for (const path of ['/', '/preview', '/patient-search'])
  series.get(path, (c) => c.redirect(paths.newSeries()))

// What was typed stays out of addresses, which logs and histories keep.
series.post('/patient-search', async (c) => {
  requireRight(c.var.clinic.actor, 'plan series')
  const form = await readForm(c)
  const { values } = readWritten(c.var.form ?? {})
  const written = { values: { ...values, patient_id: '' }, choices: {} }
  return showPlan(c, { written, typed: readTyped(form) })
})

series.post('/preview', async (c) => {
  requireRight(c.var.clinic.actor, 'plan series')
  await readForm(c)
  // The choices belong to the dates of the rule as it was.
  const written = { ...readWritten(c.var.form ?? {}), choices: {} }
  const read = readPlan(written)
  if (!read.ok) return showPlan(c, { written, faults: read.faults })
  const previewed = await orUnknown(previewSeries(c.var.clinic, read.plan))
  if (previewed.ok) return showPlan(c, { written, dates: previewed.dates })
  return showPlan(c, { written, ...sayWhy(c, written, previewed) })
})

series.post('/', async (c) => {
  requireRight(c.var.clinic.actor, 'plan series')
  await readForm(c)
  const written = readWritten(c.var.form ?? {})
  const read = readPlan(written)
  if (!read.ok) return showPlan(c, { written, faults: read.faults })
  const booked = await orUnknown(bookSeries(c.var.clinic, read.plan))
  if (booked.ok) return c.redirect(paths.series(booked.series.id), 303)
  if (booked.refusal !== 'dates_refused') return showPlan(c, { written, ...sayWhy(c, written, booked) })
  c.set('refusal', booked.refusal)
  return showPlan(c, { written, dates: booked.dates, refused: c.var.copy.series.datesRefused })
})

series.get('/:id', (c) => showSeries(c))

series.post('/:id/cancellation', async (c) => {
  requireRight(c.var.clinic.actor, 'plan series')
  const { from, scope, reason } = cancelSeriesInput.shape
  const form = await readForm(c)
  const read = readFields(form, { from, scope, reason })
  if (!read.ok) return showSeries(c, { cancelling: { form, problem: wordsFor(c, read.faults) } })
  const cancelled = await orElsewhere(cancelSeries(c.var.clinic, { id: idIn(c, 'series'), ...read.values }))
  if (cancelled.ok) return c.redirect(paths.series(cancelled.series.id), 303)
  c.set('refusal', cancelled.refusal)
  if (cancelled.refusal === 'elsewhere')
    return showSeries(c, { refused: c.var.copy.series.elsewhere, cancelling: { form } })
  return showSeries(c, { refused: c.var.copy.desk.reasons[cancelled.refusal], cancelling: { form } })
})

series.post('/:id/rescheduling', async (c) => {
  requireRight(c.var.clinic.actor, 'plan series')
  const { from, scope, startAt, overrideReason } = rescheduleSeriesFields.shape
  const form = await readForm(c)
  const read = readFields(form, { from, scope, startAt: startAt.unwrap(), overrideReason })
  if (!read.ok) return showSeries(c, { moving: { form, problem: wordsFor(c, read.faults) } })
  const moved = await orElsewhere(rescheduleSeries(c.var.clinic, { id: idIn(c, 'series'), ...read.values }))
  if (moved.ok) return c.redirect(paths.series(moved.series.id), 303)
  c.set('refusal', moved.refusal)
  const { desk, series: words } = c.var.copy
  if (moved.refusal === 'elsewhere') return showSeries(c, { refused: words.elsewhere, moving: { form } })
  if (moved.refusal === 'dates_refused')
    return showSeries(c, { refused: words.notMoved, hindrances: moved.hindrances, moving: { form } })
  return showSeries(c, { refused: desk.reasons[moved.refusal], moving: { form } })
})

interface Elsewhere {
  ok: false
  refusal: 'elsewhere'
}

/** A front desk that is bound to locations changes no series that goes on at others. */
async function orElsewhere<T>(answer: Promise<T>): Promise<T | Elsewhere> {
  return answer.catch((error): Elsewhere => {
    if (!(error instanceof NotFound) || error.noun !== 'location') throw error
    return { ok: false, refusal: 'elsewhere' }
  })
}

const wordsFor = (c: Context<AppEnv>, faults: Partial<Record<string, Fault>>) =>
  c.var.copy.faults[Object.values(faults)[0] ?? 'missing']

type Unknown = { ok: false; refusal: 'unknown'; noun: NotFound['noun'] }

/** Someone or something that was chosen on the page may be gone by now. */
async function orUnknown<T>(answer: Promise<T>): Promise<T | Unknown> {
  return answer.catch((error): Unknown => {
    if (!(error instanceof NotFound)) throw error
    return { ok: false, refusal: 'unknown', noun: error.noun }
  })
}

function sayWhy(c: Context<AppEnv>, { values }: Written, refused: PlanRefused | Unknown) {
  const { copy } = c.var
  if (refused.refusal === 'unknown') return { faults: { [`${refused.noun}_id`]: 'not_an_id' } as PlanFaults }
  if (refused.refusal !== 'invalid') {
    c.set('refusal', refused.refusal)
    return { refused: copy.desk.reasons[refused.refusal] }
  }
  const { rule, skip, changes } = refused.faults
  if (rule) return { faults: { [values.until ? 'until' : 'count']: rule } as PlanFaults }
  return { refused: copy.faults[skip ?? changes ?? 'missing'] }
}

interface Shown {
  written: Written
  typed?: string
  faults?: PlanFaults
  dates?: PlannedDate[]
  refused?: string
}

async function showPlan(c: Context<AppEnv>, { written, typed, faults = {}, dates, refused }: Shown) {
  const { values } = written
  const hasFaults = Object.keys(faults).length > 0
  if (hasFaults) c.set('refusal', 'invalid')
  const [doctorId, chosenId] = [values.doctor_id, values.patient_id].map((text) => id.safeParse(text).data)
  const content = await readPlanPage(c.var.clinic, { doctorId, typed, chosenId })
  const props = { frame: frameOf(c), content, written, faults, typed, dates, refused, formKey: newFormKey() }
  return c.html(<PlanPage {...props} />, refused ? 409 : hasFaults ? 422 : 200)
}

async function showSeries(c: Context<AppEnv>, said: SeriesSaid = {}) {
  const { clinic } = c.var
  const found = await findSeries(clinic, idIn(c, 'series'))
  const isInvalid = (said.moving?.problem ?? said.cancelling?.problem) !== undefined
  if (isInvalid) c.set('refusal', 'invalid')
  const page = (
    <SeriesPage
      frame={frameOf(c)}
      series={found}
      now={clinic.now}
      isDesk={isDesk(clinic.actor)}
      formKey={newFormKey()}
      {...said}
    />
  )
  return c.html(page, said.refused ? 409 : isInvalid ? 422 : 200)
}

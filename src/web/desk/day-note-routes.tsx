import { type Context, Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import { clearDayNote, restoreDayNote } from '../../clinic/day-notes/clear.ts'
import { writeDayNote, writeDayNoteInput } from '../../clinic/day-notes/write.ts'
import type { Fault } from '../../clinic/refusals.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm, type Written } from '../read-form.ts'
import { type DayNoteField, dayNoteFields } from './day-note-fields.tsx'
import { DayNotePage } from './day-note-page.tsx'
import { deskReturn } from './desk-return.ts'

type AppContext = Context<AppEnv>

/** What everyone at a location should know for now. The day shows the notes, with the form for another one. */
export const dayNotes = new Hono<AppEnv>()

// Reloading the page in another language asks for this address.
dayNotes.get('/', (c) => c.redirect(paths.desk()))

dayNotes.post('/', async (c) => {
  requireRight(c.var.clinic.actor, 'run the day')
  const form = await readForm(c)
  const read = readFields(untilIn(form), writeDayNoteInput.shape)
  const isUndated = form('until') === 'date' && !form('until_on')
  if (!read.ok || isUndated)
    return again(c, form, { ...read.faults, ...(isUndated && { until_on: 'missing' as const }) })
  const written = await writeDayNote(c.var.clinic, read.values)
  if (!written.ok)
    return again(c, form, { [form('until_at') ? 'until_at' : 'until_on']: written.faults.untilAt })
  return c.redirect(dayOf(form), 303)
})

dayNotes.post('/:id/clearing', async (c) => {
  const form = await readForm(c)
  await clearDayNote(c.var.clinic, idIn(c, 'day note'))
  return c.redirect(dayOf(form), 303)
})

dayNotes.post('/:id/restoration', async (c) => {
  const form = await readForm(c)
  await restoreDayNote(c.var.clinic, idIn(c, 'day note'))
  return c.redirect(dayOf(form), 303)
})

/** Until tonight, whatever the other fields say, unless a date was chosen. */
const untilIn =
  (form: Written): Written =>
  (name) =>
    form('until') === 'tonight' && name.startsWith('until') ? '' : form(name)

const dayOf = (form: Written) =>
  deskReturn(form('return_to'), paths.desk({ location: form('location_id').replace(/\D/g, '') }))

function again(c: AppContext, form: Written, faults: Partial<Record<DayNoteField, Fault>>) {
  const { copy } = c.var
  c.set('refusal', 'invalid')
  const named = (of: (name: DayNoteField) => string | undefined) =>
    Object.fromEntries(dayNoteFields.map((name) => [name, of(name)]))
  const problemOf = (name: DayNoteField) => {
    const fault = faults[name]
    if (fault === 'not_after_start') return copy.desk.dayNotes.alreadyPast
    return fault && copy.faults[fault]
  }
  const page = (
    <DayNotePage
      frame={frameOf(c)}
      values={named(form) as Record<DayNoteField, string>}
      problems={named(problemOf)}
      returnTo={dayOf(form)}
      formKey={newFormKey()}
    />
  )
  return c.html(page, 422)
}

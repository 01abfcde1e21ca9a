import { type Context, Hono } from 'hono'
import { isDesk } from '../../../clinic/accounts/guard.ts'
import { type Person, personOf } from '../../../clinic/context.ts'
import { readDay } from '../../../clinic/day/read-day.ts'
import { NotFound } from '../../../clinic/errors.ts'
import type { AppEnv } from '../../../http/app-env.ts'
import { newFormKey } from '../../form-key.tsx'
import { frameOf } from '../../frame.ts'
import { paths, safeReturnPath } from '../../paths.ts'
import { readForm, type Written } from '../../read-form.ts'
import { DayPage } from './day-page.tsx'
import { oneOf, onlies, type Preferences, readPreferences, writePreferences, zooms } from './preferences.ts'
import { timesOf } from './times.ts'
import { type DayView, readView } from './view.ts'

/** The day of a location, as a grid or as a list. */
export const day = new Hono<AppEnv>()

day.get('/', async (c) => {
  const { clinic, copy } = c.var
  const view = readView(c)
  const read = await readAsAsked(c, view)
  keepChoice(c, view)
  const props = {
    frame: frameOf(c),
    words: copy.desk.day,
    day: read,
    view: { ...view, locationId: read.location.id },
    times: timesOf(read, copy.language),
    formKey: newFormKey(),
    isDesk: isDesk(clinic.actor),
    ownDoctorId: doctorIdOf(personOf(clinic.actor)),
  }
  return c.html(<DayPage {...props} />)
})

// Reloading the page in another language asks for these addresses.
day.get('/view', (c) => c.redirect(paths.desk()))
day.get('/names', (c) => c.redirect(paths.desk()))

day.post('/view', async (c) => {
  const form = await readForm(c)
  const kept = readPreferences(c)
  writePreferences(c, form('reset') ? { ...kept, ...everything } : { ...kept, ...readMenu(form) })
  return c.redirect(dayOf(form), 303)
})

day.post('/names', async (c) => {
  const form = await readForm(c)
  writePreferences(c, { ...readPreferences(c), hidesNames: form('hides') === '1' })
  return c.redirect(dayOf(form), 303)
})

const doctorIdOf = (person: Person | null) => (person?.kind === 'doctor' ? person.doctorId : null)

/** A location that was remembered may be closed since, or no longer the person's. */
async function readAsAsked(c: Context<AppEnv>, view: DayView) {
  const { clinic } = c.var
  const asked = {
    on: view.on,
    days: view.days,
    doctorId: view.by === 'rooms' ? undefined : view.doctorId,
    byRoom: view.by === 'rooms',
    withCancelled: view.preferences.cancelled || view.status === 'cancelled',
  }
  try {
    return await readDay(clinic, { ...asked, locationId: view.locationId })
  } catch (error) {
    if (!(error instanceof NotFound) || c.req.query('location') || !view.locationId) throw error
    return readDay(clinic, asked)
  }
}

/** The view and the location that an address names are remembered. */
function keepChoice(c: Context<AppEnv>, { view, locationId, preferences }: DayView): void {
  const kept = {
    ...preferences,
    ...(c.req.query('view') && { view }),
    ...(c.req.query('location') && { location: locationId }),
  }
  if (JSON.stringify(kept) !== JSON.stringify(preferences)) writePreferences(c, kept)
}

const everything: Pick<Preferences, 'hidden' | 'specialty' | 'only' | 'cancelled'> = {
  hidden: [],
  specialty: '',
  only: '',
  cancelled: false,
}

function readMenu(form: Written): Pick<Preferences, keyof typeof everything | 'zoom'> {
  const listed = form('listed').split(' ').map(Number).filter(Number.isSafeInteger)
  return {
    zoom: oneOf(zooms, form('zoom')) ?? 'm',
    hidden: listed.filter((id) => id > 0 && !form(`doctor_${id}`)),
    specialty: form('specialty').slice(0, 100),
    only: oneOf(onlies, form('only')) ?? '',
    cancelled: form('cancelled') === '1',
  }
}

const dayOf = (form: Written) => (form('return_to') ? safeReturnPath(form('return_to')) : paths.desk())

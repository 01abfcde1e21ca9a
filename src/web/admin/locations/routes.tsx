import { type Context, Hono } from 'hono'
import { requireRight } from '../../../clinic/accounts/guard.ts'
import { findAhead } from '../../../clinic/availability/find-ahead.ts'
import { changeLocation } from '../../../clinic/locations/change.ts'
import { allLocations } from '../../../clinic/locations/find.ts'
import { type OpenLocation, openLocation } from '../../../clinic/locations/open.ts'
import { type Managed, readManaged } from '../../../clinic/settings/read-managed.ts'
import type { AppEnv } from '../../../http/app-env.ts'
import { idIn } from '../../../http/path-id.ts'
import { sendCsv } from '../../csv.ts'
import { newFormKey } from '../../form-key.tsx'
import { frameOf } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { asSaved } from '../form/form-state.ts'
import { addByForm, changeByForm, emptyState } from '../form/save-form.ts'
import { retireAsSeen } from '../retire.ts'
import { RetirementPage } from '../retirement.tsx'
import { locationFields, newLocationFields } from './fields.ts'
import { locationsIn } from './filter.ts'
import { LocationsPage } from './list-page.tsx'
import { LocationPage, NewLocationPage } from './location-page.tsx'

/** Where the clinic sees patients. */
export const locations = new Hono<AppEnv>()

locations.get('/locations', async (c) => {
  const { filter, all } = await readList(c)
  return c.html(<LocationsPage frame={frameOf(c)} locations={all} filter={filter} />)
})

const columns = [
  'id',
  'name',
  'address',
  'phone',
  'directions',
  'time_zone',
  'email',
  'wanted_messages',
  'is_active',
]

locations.get('/locations.csv', async (c) => {
  const { filter, all } = await readList(c)
  return sendCsv(c, 'locations', columns, locationsIn(all, filter), (one) => [
    one.id,
    one.name,
    one.address ?? '',
    one.phone ?? '',
    one.directions ?? '',
    one.timeZone,
    one.email ?? '',
    one.wantedMessages ?? '',
    String(one.isActive),
  ])
})

async function readList(c: Context<AppEnv>) {
  const { clinic } = c.var
  requireRight(clinic.actor, 'manage locations')
  const filter = { q: c.req.query('q') ?? '', show: c.req.query('show') ?? '' }
  return { filter, all: await allLocations(clinic, { includeInactive: 'true' }) }
}

locations.get('/locations/new', async (c) => {
  const { clinic } = c.var
  requireRight(clinic.actor, 'manage locations')
  const [first] = await allLocations(clinic)
  const likely = { timeZone: first?.timeZone ?? 'Asia/Jakarta', wantedMessages: 'approvals' }
  const state = emptyState(newLocationFields, likely)
  return c.html(<NewLocationPage frame={frameOf(c)} state={state} formKey={newFormKey()} now={clinic.now} />)
})

locations.post('/locations/new', async (c) => {
  const { clinic } = c.var
  requireRight(clinic.actor, 'manage locations')
  const added = await addByForm(c, {
    fields: newLocationFields,
    save: async (wish) => openLocation(clinic, withoutNulls(wish) as OpenLocation),
  })
  if (added.ok) return c.redirect(paths.location(added.saved.location.id, { done: 'added' }), 303)
  const { state } = added
  return c.html(
    <NewLocationPage frame={frameOf(c)} state={state} formKey={newFormKey()} now={clinic.now} />,
    422,
  )
})

const withoutNulls = (wish: object) =>
  Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== null))

locations.get('/locations/:id', async (c) => {
  const id = idIn(c, 'location')
  const managed = await readManaged(c.var.clinic, 'location', id)
  const done = (['saved', 'added', 'reopened'] as const).find((one) => one === c.req.query('done')) ?? null
  return show(c, id, managed, { state: asSaved(locationFields, managed), done })
})

locations.post('/locations/:id', async (c) => {
  const { clinic } = c.var
  const id = idIn(c, 'location')
  const changed = await changeByForm(c, {
    fields: locationFields,
    subject: 'location',
    key: id,
    save: (wish) => changeLocation(clinic, id, wish),
  })
  if (changed.ok) return c.redirect(paths.location(id, { done: 'saved' }), 303)
  return show(c, id, changed.managed, { state: changed.state, done: null }, changed.status)
})

type Shown = Pick<Parameters<typeof LocationPage>[0], 'state' | 'done'>

function show(c: Context<AppEnv>, id: number, managed: Managed, shown: Shown, status: 200 | 412 | 422 = 200) {
  const props = {
    frame: frameOf(c),
    location: locationIn(id, managed),
    formKey: newFormKey(),
    now: c.var.clinic.now,
  }
  return c.html(<LocationPage {...props} {...shown} />, status)
}

const locationIn = (id: number, { state }: Managed) => ({
  id,
  name: String(state.name),
  timeZone: String(state.time_zone),
  isActive: state.is_active === true,
})

locations.get('/locations/:id/retirement', (c) => askToRetire(c, idIn(c, 'location')))

locations.post('/locations/:id/retirement', async (c) => {
  const { clinic } = c.var
  const id = idIn(c, 'location')
  requireRight(clinic.actor, 'manage locations')
  const isDone = await retireAsSeen(c, (version) => changeLocation(clinic, id, { isActive: false, version }))
  return isDone ? c.redirect(paths.location(id), 303) : askToRetire(c, id, 412)
})

/** Shown again when the location has changed meanwhile: then it is to be looked at again. */
async function askToRetire(c: Context<AppEnv>, id: number, status: 200 | 412 = 200) {
  const { clinic, copy } = c.var
  const words = copy.admin.locations
  const [managed, ahead] = await Promise.all([
    readManaged(clinic, 'location', id),
    findAhead(clinic, { locationId: id }),
  ])
  const { name } = locationIn(id, managed)
  return c.html(
    <RetirementPage
      frame={frameOf(c)}
      page="locations"
      words={{
        title: words.retireTitle(name),
        what: words.retireWhat,
        submit: words.retireNow,
        keep: words.keepOpen,
      }}
      back={{ href: paths.location(id), label: name }}
      action={paths.locationRetirement(id)}
      version={managed.version}
      ahead={ahead}
      formKey={newFormKey()}
    />,
    status,
  )
}

locations.post('/locations/:id/reopening', async (c) => {
  const id = idIn(c, 'location')
  await changeLocation(c.var.clinic, id, { isActive: true })
  return c.redirect(paths.location(id, { done: 'reopened' }), 303)
})

import { type Context, Hono } from 'hono'
import { requireRight } from '../../../clinic/accounts/guard.ts'
import { findAhead } from '../../../clinic/availability/find-ahead.ts'
import { type ResourcesWish, readResourcesPage } from '../../../clinic/availability/read-resources-page.ts'
import { NotFound } from '../../../clinic/errors.ts'
import { allLocations } from '../../../clinic/locations/find.ts'
import { type AddResource, addResource } from '../../../clinic/resources/add.ts'
import { changeResource } from '../../../clinic/resources/change.ts'
import { findResourcesInput, type Resource, resourceKey } from '../../../clinic/resources/find.ts'
import { type Managed, readManaged } from '../../../clinic/settings/read-managed.ts'
import type { AppEnv } from '../../../http/app-env.ts'
import { idIn } from '../../../http/path-id.ts'
import { sendCsv } from '../../csv.ts'
import { newFormKey } from '../../form-key.tsx'
import { frameOf } from '../../frame.ts'
import { readListKey } from '../../page-key.ts'
import { paths } from '../../paths.ts'
import { asSaved, type FormState } from '../form/form-state.ts'
import { addByForm, changeByForm, emptyState } from '../form/save-form.ts'
import { retireAsSeen } from '../retire.ts'
import { RetirementPage } from '../retirement.tsx'
import { newResourceFields, resourceFields } from './fields.ts'
import { ResourcesPage } from './list-page.tsx'
import { NewResourcePage, ResourcePage, type ShownResource } from './resource-page.tsx'

/** Rooms and devices. */
export const resources = new Hono<AppEnv>()

const resourcesAPage = 50
const { locationId, type } = findResourcesInput.shape

/** What cannot be read counts as not chosen. */
function readFilter(c: Context<AppEnv>): Omit<ResourcesWish, 'limit'> {
  const show = c.req.query('show') ?? ''
  return {
    q: c.req.query('q')?.trim() ?? '',
    locationId: locationId.safeParse(c.req.query('location') || undefined).data,
    type: type.safeParse(show).data,
    isActive: show === 'retired' ? false : undefined,
    after: readListKey(c.req.query('after'), resourceKey),
  }
}

resources.get('/resources', async (c) => {
  const content = await readResourcesPage(c.var.clinic, { ...readFilter(c), limit: resourcesAPage })
  const written = (name: string) => c.req.query(name) ?? ''
  const filter = { q: written('q'), location: written('location'), show: written('show') }
  return c.html(<ResourcesPage frame={frameOf(c)} content={content} filter={filter} />)
})

const columns = ['id', 'name', 'type', 'kind', 'location_id', 'location', 'sort_order', 'is_active']

resources.get('/resources.csv', async (c) => {
  // A clinic has some hundreds at most.
  const { resources: all, locations } = await readResourcesPage(c.var.clinic, {
    ...readFilter(c),
    limit: 10_000,
  })
  const names = new Map(locations.map(({ id, name }) => [id, name]))
  return sendCsv(c, 'rooms-and-devices', columns, all, (one) => [
    one.id,
    one.name,
    one.type,
    one.kind,
    one.locationId,
    names.get(one.locationId) ?? '',
    one.sortOrder,
    String(one.isActive),
  ])
})

resources.get('/resources/new', (c) =>
  showNew(c, emptyState(newResourceFields, { sortOrder: '0', type: 'room' })),
)

resources.post('/resources/new', async (c) => {
  const { clinic } = c.var
  requireRight(clinic.actor, 'manage resources')
  const added = await addByForm(c, {
    fields: newResourceFields,
    save: async (wish) => addOrRefuse(c, wish as AddResource),
  })
  if (!added.ok) return showNew(c, added.state, 422)
  return c.redirect(paths.resource(added.saved.id, { done: 'added' }), 303)
})

/** A location that is not on the list is a fault of the form. */
async function addOrRefuse(c: Context<AppEnv>, wish: AddResource) {
  try {
    return await addResource(c.var.clinic, wish)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    return { ok: false, faults: { locationId: 'unknown' } } as const
  }
}

async function showNew(c: Context<AppEnv>, state: FormState, status: 200 | 422 = 200) {
  const { clinic } = c.var
  requireRight(clinic.actor, 'manage resources')
  const locations = await allLocations(clinic)
  const only = locations.length === 1 ? String(locations[0]?.id) : ''
  const typed = { ...state.typed, locationId: state.typed.locationId || only }
  const props = {
    frame: frameOf(c),
    state: { ...state, typed },
    locations,
    formKey: newFormKey(),
    now: clinic.now,
  }
  return c.html(<NewResourcePage {...props} />, status)
}

resources.get('/resources/:id', async (c) => {
  const id = idIn(c, 'resource')
  const managed = await readManaged(c.var.clinic, 'resource', id)
  const done = (['saved', 'added', 'reinstated'] as const).find((one) => one === c.req.query('done')) ?? null
  return show(c, id, managed, { state: asSaved(resourceFields, managed), done })
})

resources.post('/resources/:id', async (c) => {
  const { clinic } = c.var
  const id = idIn(c, 'resource')
  const changed = await changeByForm(c, {
    fields: resourceFields,
    subject: 'resource',
    key: id,
    save: (wish) => changeResource(clinic, id, wish),
  })
  if (changed.ok) return c.redirect(paths.resource(id, { done: 'saved' }), 303)
  return show(c, id, changed.managed, { state: changed.state, done: null }, changed.status)
})

type Shown = Pick<Parameters<typeof ResourcePage>[0], 'state' | 'done'>

function show(c: Context<AppEnv>, id: number, managed: Managed, shown: Shown, status: 200 | 412 | 422 = 200) {
  const props = { frame: frameOf(c), resource: resourceIn(id, managed), formKey: newFormKey() }
  return c.html(<ResourcePage {...props} now={c.var.clinic.now} {...shown} />, status)
}

const resourceIn = (id: number, { state }: Managed): ShownResource => ({
  id,
  name: String(state.name),
  type: state.type as Resource['type'],
  isActive: state.is_active === true,
  hours: state.hours as ShownResource['hours'],
})

resources.get('/resources/:id/retirement', (c) => askToRetire(c, idIn(c, 'resource')))

resources.post('/resources/:id/retirement', async (c) => {
  const { clinic } = c.var
  const id = idIn(c, 'resource')
  requireRight(clinic.actor, 'manage resources')
  const isDone = await retireAsSeen(c, (version) => changeResource(clinic, id, { isActive: false, version }))
  return isDone ? c.redirect(paths.resource(id), 303) : askToRetire(c, id, 412)
})

async function askToRetire(c: Context<AppEnv>, id: number, status: 200 | 412 = 200) {
  const { clinic, copy } = c.var
  const words = copy.admin.resources
  const [managed, ahead] = await Promise.all([
    readManaged(clinic, 'resource', id),
    findAhead(clinic, { resourceId: id }),
  ])
  const { name } = resourceIn(id, managed)
  return c.html(
    <RetirementPage
      frame={frameOf(c)}
      page="resources"
      words={{
        title: words.retireTitle(name),
        what: words.retireWhat,
        submit: words.retireNow,
        keep: words.keep,
      }}
      back={{ href: paths.resource(id), label: name }}
      action={paths.resourceRetirement(id)}
      version={managed.version}
      ahead={ahead}
      formKey={newFormKey()}
    />,
    status,
  )
}

resources.post('/resources/:id/reinstatement', async (c) => {
  const id = idIn(c, 'resource')
  await changeResource(c.var.clinic, id, { isActive: true })
  return c.redirect(paths.resource(id, { done: 'reinstated' }), 303)
})

import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import { addResource, addResourceInput } from '../clinic/resources/add.ts'
import { changeResource, changeResourceInput } from '../clinic/resources/change.ts'
import {
  findResource,
  findResources,
  findResourcesInput,
  type Resource,
  resourceKey,
} from '../clinic/resources/find.ts'
import { resourceHoursInput, setResourceHours } from '../clinic/resources/set-hours.ts'
import { closed, listOf } from '../clinic/shapes.ts'
import { snakeKeys } from '../clinic/snake-case.ts'
import { refuseOverlaps } from '../clinic/weekly-ranges.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet, readIfMatch } from '../http/conditions.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { resourceAbsencesApi } from './absences.ts'
import type { ResourceJson } from './clinic-answers.ts'
import { allowOnly, requireJson, requireVersion } from './conventions.ts'
import { refuseInvalid, refuseInvalidQuery, refuseNamed } from './refuse-invalid.ts'

export const resourceBody = closed({ resource: inSnakeCase(addResourceInput) })
export const resourceChangesBody = closed({ resource: inSnakeCase(changeResourceInput) })
export const resourceHoursBody = closed({
  weekly_hours: listOf(inSnakeCase(resourceHoursInput)).superRefine(refuseOverlaps),
})
export const resourcesSearch = inSnakeCase(findResourcesInput.extend(paging(50)))

export const resourcesApi = new Hono<AppEnv>()

resourcesApi.get('/', zValidator('query', resourcesSearch, refuseInvalidQuery), async (c) => {
  const { cursor, ...asked } = c.req.valid('query')
  const after = await readCursor(c, cursor, resourceKey)
  const found = await findResources(c.var.clinic, { ...asked, after })
  if (!found.ok) return refuseNamed(c, found.faults)
  if (found.next) await linkToNext(c, [found.next.name, found.next.id])
  return c.json({ resources: found.resources.map(resourceToJson) })
})
resourcesApi.post('/', requireJson, zValidator('json', resourceBody, refuseInvalid), async (c) => {
  const added = await addResource(c.var.clinic, c.req.valid('json').resource)
  return showResource(c, added, {}, 201)
})
resourcesApi.all('/', allowOnly('GET, HEAD, POST'))

resourcesApi.get('/:id', conditionalGet, async (c) =>
  showResource(c, await findResource(c.var.clinic, idIn(c, 'resource'))),
)
resourcesApi.patch(
  '/:id',
  requireVersion,
  requireJson,
  zValidator('json', resourceChangesBody, refuseInvalid),
  async (c) => {
    const wish = { mayStrand: [], ...c.req.valid('json').resource, version: readIfMatch(c) }
    const { resource, appointmentIds } = await changeResource(c.var.clinic, idIn(c, 'resource'), wish)
    return showResource(c, resource, { appointment_ids: appointmentIds })
  },
)
resourcesApi.all('/:id', allowOnly('GET, HEAD, PATCH'))

/** The whole week at once: putting it again is the same. */
resourcesApi.put(
  '/:id/weekly-hours',
  requireVersion,
  requireJson,
  zValidator('json', resourceHoursBody, refuseInvalid),
  async (c) => {
    const { weekly_hours } = c.req.valid('json')
    const id = idIn(c, 'resource')
    const set = await setResourceHours(c.var.clinic, id, weekly_hours, readIfMatch(c))
    c.header('ETag', `"${set.version}"`)
    return c.json({ weekly_hours: weekly_hours.map(snakeKeys), appointment_ids: set.appointmentIds })
  },
)
resourcesApi.all('/:id/weekly-hours', allowOnly('PUT'))
resourcesApi.route('/:id/absences', resourceAbsencesApi)

function showResource(
  c: Context<AppEnv>,
  resource: Resource,
  stranded: { appointment_ids?: number[] } = {},
  status: 200 | 201 = 200,
): Response {
  c.header('ETag', `"${resource.version}"`)
  return c.json({ resource: resourceToJson(resource), ...stranded }, status)
}

function resourceToJson({ hours, ...resource }: Resource): ResourceJson {
  return { ...snakeKeys(resource), weekly_hours: hours.map(snakeKeys) }
}

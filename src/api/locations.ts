import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import { changeLocation, changeLocationInput } from '../clinic/locations/change.ts'
import {
  allLocations,
  findLocation,
  findLocationsInput,
  type ManagedLocation,
} from '../clinic/locations/find.ts'
import { openLocation, openLocationInput } from '../clinic/locations/open.ts'
import { closed } from '../clinic/shapes.ts'
import { snakeKeys } from '../clinic/snake-case.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet, readIfMatch } from '../http/conditions.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { closuresApi } from './absences.ts'
import type { LocationJson } from './clinic-answers.ts'
import { allowOnly, requireJson, requireVersion } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseFields, refuseInvalid, refuseInvalidQuery, toError } from './refuse-invalid.ts'

export const locationBody = closed({ location: inSnakeCase(openLocationInput) })

export const locationsSearch = inSnakeCase(findLocationsInput)

export const changesBody = closed({ location: inSnakeCase(changeLocationInput) })

export const locationsApi = new Hono<AppEnv>()

locationsApi.get('/', conditionalGet, zValidator('query', locationsSearch, refuseInvalidQuery), async (c) =>
  c.json({ locations: (await allLocations(c.var.clinic, c.req.valid('query'))).map(locationToJson) }),
)
locationsApi.post('/', requireJson, zValidator('json', locationBody, refuseInvalid), async (c) => {
  const opened = await openLocation(c.var.clinic, c.req.valid('json').location)
  if (opened.ok) return showLocation(c, opened.location, {}, 201)
  return refuseFields(c, 'location', opened.faults)
})
locationsApi.all('/', allowOnly('GET, HEAD, POST'))

locationsApi.get('/:id', conditionalGet, async (c) =>
  showLocation(c, await findLocation(c.var.clinic, idIn(c, 'location'))),
)
locationsApi.patch(
  '/:id',
  requireVersion,
  requireJson,
  zValidator('json', changesBody, refuseInvalid),
  async (c) => {
    const wish = { mayStrand: [], ...c.req.valid('json').location, version: readIfMatch(c) }
    const changed = await changeLocation(c.var.clinic, idIn(c, 'location'), wish)
    if (changed.ok) return showLocation(c, changed.location, { appointment_ids: changed.appointmentIds })
    if (changed.refusal === 'invalid') return refuseFields(c, 'location', changed.faults)
    const { ok: _, refusal, ...about } = changed
    return problem(c, refusal, { ...(refusal === 'keeps_needed' && keepsMissing), ...about })
  },
)
locationsApi.all('/:id', allowOnly('GET, HEAD, PATCH'))
locationsApi.route('/:id/closures', closuresApi)

const keepsMissing = { errors: [toError({ path: ['location', 'keeps'], message: 'missing' })] }

function showLocation(
  c: Context<AppEnv>,
  location: ManagedLocation,
  stranded: { appointment_ids?: number[] } = {},
  status: 200 | 201 = 200,
): Response {
  c.header('ETag', `"${location.version}"`)
  return c.json({ location: locationToJson(location), ...stranded }, status)
}

const locationToJson = (location: ManagedLocation): LocationJson => snakeKeys(location)

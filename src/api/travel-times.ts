import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import {
  findTravelTimes,
  refuseRepeated,
  setTravelTimes,
  travelTimeInput,
} from '../clinic/locations/travel-times.ts'
import { closed, listOf } from '../clinic/shapes.ts'
import { snakeKeys } from '../clinic/snake-case.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet, readIfMatch } from '../http/conditions.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { allowOnly, requireJson, requireVersion } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseInvalid, toError } from './refuse-invalid.ts'

export const travelTimesBody = closed({
  travel_times: listOf(inSnakeCase(travelTimeInput)).superRefine(refuseRepeated),
})

export const travelTimesApi = new Hono<AppEnv>()

travelTimesApi.get('/', conditionalGet, async (c) => {
  const { ways, version } = await findTravelTimes(c.var.clinic)
  c.header('ETag', `"${version}"`)
  return c.json({ travel_times: ways.map(snakeKeys) })
})

/** All at once: putting them again is the same. */
travelTimesApi.put(
  '/',
  requireVersion,
  requireJson,
  zValidator('json', travelTimesBody, refuseInvalid),
  async (c) => {
    const { travel_times } = c.req.valid('json')
    const set = await setTravelTimes(c.var.clinic, travel_times, readIfMatch(c))
    if (set.ok) {
      c.header('ETag', `"${set.version}"`)
      return c.json({ travel_times: travel_times.map(snakeKeys) })
    }
    const errors = travel_times.flatMap((way, at) =>
      (['oneLocationId', 'otherLocationId'] as const)
        .filter((field) => set.unknownIds.includes(way[field]))
        .map((field) =>
          toError({
            path: ['travel_times', at, field === 'oneLocationId' ? 'one_location_id' : 'other_location_id'],
            message: 'unknown',
          }),
        ),
    )
    return problem(c, 'invalid', { errors })
  },
)
travelTimesApi.all('/', allowOnly('GET, HEAD, PUT'))

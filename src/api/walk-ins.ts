import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { takeWalkIn, takeWalkInInput } from '../clinic/appointments/walk-in.ts'
import { closed, minute } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { showNewAppointment } from './appointment-json.ts'
import { allowOnly, requireJson } from './conventions.ts'
import { refuseInvalid } from './refuse-invalid.ts'
import { refuseWish, timesWithOffset } from './wish.ts'

export const walkInBody = closed({
  walk_in: inSnakeCase(takeWalkInInput.extend({ ...timesWithOffset, startAt: minute.optional() })),
})

export const walkInsApi = new Hono<AppEnv>()

walkInsApi.post('/', requireJson, zValidator('json', walkInBody, refuseInvalid), async (c) => {
  const taken = await takeWalkIn(c.var.clinic, c.req.valid('json').walk_in)
  return taken.ok ? showNewAppointment(c, taken) : refuseWish(c, 'walk_in', taken)
})
walkInsApi.all('/', allowOnly('POST'))

import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { takeWalkIn } from '../clinic/appointments/walk-in.ts'
import { closed } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { showNewAppointment } from './appointment-json.ts'
import { allowOnly, requireJson } from './conventions.ts'
import { refuseInvalid } from './refuse-invalid.ts'
import { refuseWish, toWish, wishFields } from './wish.ts'

export const walkInBody = closed({ walk_in: closed(wishFields) })

export const walkInsApi = new Hono<AppEnv>()

walkInsApi.post('/', requireJson, zValidator('json', walkInBody, refuseInvalid), async (c) => {
  const { start_at: startAt, ...asked } = c.req.valid('json').walk_in
  const taken = await takeWalkIn(c.var.clinic, { ...toWish(asked), startAt })
  return taken.ok ? showNewAppointment(c, taken.appointment) : refuseWish(c, 'walk_in', taken)
})
walkInsApi.all('/', allowOnly('POST'))

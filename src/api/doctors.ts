import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import * as z from 'zod'
import { setWeeklyHours, weeklyHoursInput } from '../clinic/availability/set-weekly-hours.ts'
import { hireDoctor, hireDoctorInput } from '../clinic/doctors/hire.ts'
import { NotFound } from '../clinic/errors.ts'
import { fault, id } from '../clinic/shapes.ts'
import type { AppEnv } from '../door.ts'
import { allowOnly, limitBody, requireJson } from './middleware.ts'
import { refuseInvalid } from './problem.ts'

const error = fault('not_an_object')
const { name, locationId } = hireDoctorInput.shape
const doctorBody = z.object({ doctor: z.object({ name, location_id: locationId }, { error }) }, { error })
const hoursBody = z.object({ weekly_hours: z.array(weeklyHoursInput, { error }).max(100) }, { error })

export const doctorsApi = new Hono<AppEnv>()

doctorsApi.post('/', requireJson, limitBody, zValidator('json', doctorBody, refuseInvalid), async (c) => {
  const { name, location_id } = c.req.valid('json').doctor
  const { id } = await hireDoctor(c.var.clinic, { name, locationId: location_id })
  return c.json({ doctor: { id, name, location_id } }, 201)
})
doctorsApi.all('/', allowOnly('POST'))

/** The whole week at once: putting it again is the same. */
doctorsApi.put(
  '/:id/weekly-hours',
  requireJson,
  limitBody,
  zValidator('json', hoursBody, refuseInvalid),
  async (c) => {
    const asked = id.safeParse(c.req.param('id'))
    if (!asked.success) throw new NotFound('doctor')
    const { weekly_hours } = c.req.valid('json')
    await setWeeklyHours(c.var.clinic, asked.data, weekly_hours)
    return c.json({ weekly_hours })
  },
)
doctorsApi.all('/:id/weekly-hours', allowOnly('PUT'))

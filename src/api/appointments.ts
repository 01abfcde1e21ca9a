import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { type BookedAppointment, bookAppointment } from '../clinic/appointments/book.ts'
import { type Appointment, findAppointment } from '../clinic/appointments/find.ts'
import { NotFound } from '../clinic/errors.ts'
import type { Fault } from '../clinic/refusals.ts'
import { fault, id, instant } from '../clinic/shapes.ts'
import type { AppEnv } from '../door.ts'
import { allowOnly, limitBody, requireJson } from './middleware.ts'
import { faults, problem } from './problem.ts'

const error = fault('not_an_object')
const bookingBody = z.object(
  {
    appointment: z.object({ doctor_id: id, patient_id: id, start_at: instant, end_at: instant }, { error }),
  },
  { error },
)

export const appointmentsApi = new Hono<AppEnv>()

appointmentsApi.post(
  '/',
  requireJson,
  limitBody,
  zValidator('json', bookingBody, (read, c) => {
    if (!read.success) return problem(c, 'invalid', { errors: read.error.issues.map(toError) })
  }),
  async (c) => {
    const { appointment: asked } = c.req.valid('json')
    const wish = {
      doctorId: asked.doctor_id,
      patientId: asked.patient_id,
      startAt: asked.start_at,
      endAt: asked.end_at,
    }
    const booked = await bookAppointment(c.var.clinic, wish)
    if (!booked.ok) return refuse(c, booked)
    c.header('Location', `/api/v1/appointments/${booked.appointment.id}`)
    return c.json({ appointment: toJson(booked.appointment) }, 201)
  },
)
appointmentsApi.all('/', allowOnly('POST'))

appointmentsApi.get('/:id', async (c) => {
  const asked = id.safeParse(c.req.param('id'))
  if (!asked.success) throw new NotFound('appointment')
  return c.json({ appointment: toJson(await findAppointment(c.var.clinic, asked.data)) })
})
appointmentsApi.all('/:id', allowOnly('GET, HEAD'))

function toJson(appointment: Appointment) {
  return {
    id: appointment.id,
    doctor_id: appointment.doctor.id,
    patient_id: appointment.patient.id,
    status: appointment.status,
    start_at: appointment.startAt.toISOString(),
    end_at: appointment.endAt.toISOString(),
    time_zone: appointment.location.timeZone,
  }
}

function refuse(c: Context<AppEnv>, refused: Extract<BookedAppointment, { ok: false }>): Response {
  switch (refused.refusal) {
    case 'invalid':
      return problem(c, 'invalid', {
        errors: [toError({ path: ['appointment', 'end_at'], message: refused.endAt })],
      })
    case 'in_the_past':
      return problem(c, 'in_the_past')
    default:
      return problem(c, refused.refusal, {
        next_free_start_at: refused.nextFree?.startAt.toISOString() ?? null,
        ...(refused.nextFree && {
          detail: `The next free start on that day is ${refused.nextFree.startLocal} (${refused.nextFree.timeZone}).`,
        }),
      })
  }
}

/** A zod issue, whose message is a fault, as an entry of `errors` with its JSON pointer (RFC 6901). */
function toError({ path, message }: { path: PropertyKey[]; message: string }) {
  const pointer = path.map((key) => `/${String(key)}`).join('')
  return { pointer, detail: faults[message as Fault] ?? message }
}

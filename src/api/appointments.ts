import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { type BookAppointment, type BookedAppointment, bookAppointment } from '../clinic/appointments/book.ts'
import { type Appointment, findAppointment } from '../clinic/appointments/find.ts'
import { NotFound } from '../clinic/errors.ts'
import { fault, id, instant } from '../clinic/shapes.ts'
import type { AppEnv } from '../door.ts'
import { allowOnly, limitBody, requireJson } from './middleware.ts'
import { problem, refuseInvalid, toError } from './problem.ts'

const error = fault('not_an_object')
const bookingBody = z.object(
  {
    appointment: z.object(
      { doctor_id: id, patient_id: id.optional(), start_at: instant, end_at: instant },
      { error },
    ),
  },
  { error },
)

export const appointmentsApi = new Hono<AppEnv>()

appointmentsApi.post(
  '/',
  requireJson,
  limitBody,
  zValidator('json', bookingBody, refuseInvalid),
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

/** How the API writes what the verb calls. */
const written: Record<keyof BookAppointment, string> = {
  doctorId: 'doctor_id',
  patientId: 'patient_id',
  startAt: 'start_at',
  endAt: 'end_at',
}

function refuse(c: Context<AppEnv>, refused: Extract<BookedAppointment, { ok: false }>): Response {
  switch (refused.refusal) {
    case 'invalid':
      return problem(c, 'invalid', {
        errors: Object.entries(refused.faults).map(([field, message]) =>
          toError({ path: ['appointment', written[field as keyof BookAppointment]], message }),
        ),
      })
    case 'in_the_past':
    case 'not_your_patient':
      return problem(c, refused.refusal)
    default:
      return problem(c, refused.refusal, {
        next_free_start_at: refused.nextFree?.startAt.toISOString() ?? null,
        ...(refused.nextFree && {
          detail: `The next free start on that day is ${refused.nextFree.startLocal} (${refused.nextFree.timeZone}).`,
        }),
      })
  }
}

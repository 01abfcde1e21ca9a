import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { type BookedAppointment, bookAppointment } from '../clinic/appointments/book.ts'
import { appointmentStatuses, findAppointment } from '../clinic/appointments/find.ts'
import { type RescheduledAppointment, rescheduleAppointment } from '../clinic/appointments/reschedule.ts'
import { searchAppointments } from '../clinic/appointments/search.ts'
import type { Fault } from '../clinic/refusals.ts'
import { closed, fault, id, instant, personName, remark, wholeNumber } from '../clinic/shapes.ts'
import type { AppEnv } from '../door.ts'
import { appointmentChangesApi, versionIn } from './appointment-changes.ts'
import { appointmentToJson, showAppointment } from './appointment-json.ts'
import { cursor, linkToNext, readCursor } from './cursor.ts'
import { allowOnly, idIn, limitBody, requireJson } from './middleware.ts'
import { problem } from './problem.ts'
import { refuseInvalid, refuseInvalidQuery, snakeCase, toError } from './refuse-invalid.ts'

const bookingBody = closed({
  appointment: closed({
    doctor_id: id.optional(),
    location_id: id.optional(),
    specialty: personName.optional(),
    patient_id: id.optional(),
    visit_type_id: id.optional(),
    start_at: instant,
    end_at: instant.optional(),
    override_reason: remark.optional(),
  }),
})

const movingBody = closed({
  appointment: closed({
    doctor_id: id.optional(),
    start_at: instant,
    end_at: instant.optional(),
    override_reason: remark.optional(),
  }),
})

const search = closed({
  doctor_id: id.optional(),
  patient_id: id.optional(),
  location_id: id.optional(),
  status: z.enum(appointmentStatuses, { error: fault('not_a_choice') }).optional(),
  from: instant.optional(),
  to: instant.optional(),
  limit: wholeNumber(1, 100).default(50),
  cursor,
}).refine(({ from, to }) => !from || !to || from < to, { path: ['to'], error: () => 'not_after_opening' })
const appointmentKey = z.tuple([instant, id])

export const appointmentsApi = new Hono<AppEnv>()

appointmentsApi.get('/', zValidator('query', search, refuseInvalidQuery), async (c) => {
  const asked = c.req.valid('query')
  const [startAt, lastId] = (await readCursor(c, asked.cursor, appointmentKey)) ?? []
  const { appointments, next } = await searchAppointments(c.var.clinic, {
    doctorId: asked.doctor_id,
    patientId: asked.patient_id,
    locationId: asked.location_id,
    status: asked.status,
    from: asked.from === undefined ? undefined : new Date(asked.from),
    to: asked.to === undefined ? undefined : new Date(asked.to),
    limit: asked.limit,
    after: startAt && lastId ? { startAt: new Date(startAt), id: lastId } : undefined,
  })
  if (next) await linkToNext(c, [next.startAt.toISOString(), next.id])
  return c.json({ appointments: appointments.map((appointment) => appointmentToJson(c, appointment)) })
})

appointmentsApi.post(
  '/',
  requireJson,
  limitBody,
  zValidator('json', bookingBody, refuseInvalid),
  async (c) => {
    const { appointment: asked } = c.req.valid('json')
    const booked = await bookAppointment(c.var.clinic, {
      doctorId: asked.doctor_id,
      locationId: asked.location_id,
      specialty: asked.specialty,
      patientId: asked.patient_id,
      visitTypeId: asked.visit_type_id,
      startAt: asked.start_at,
      endAt: asked.end_at,
      overrideReason: asked.override_reason,
    })
    if (!booked.ok) return refuse(c, booked)
    c.header('Location', `/api/v1/appointments/${booked.appointment.id}`)
    return showAppointment(c, booked.appointment, 201)
  },
)
appointmentsApi.all('/', allowOnly('GET, HEAD, POST'))

appointmentsApi.get('/:id', async (c) => {
  return showAppointment(c, await findAppointment(c.var.clinic, idIn(c, 'appointment')))
})
appointmentsApi.patch(
  '/:id',
  requireJson,
  limitBody,
  zValidator('json', movingBody, refuseInvalid),
  async (c) => {
    const { appointment: asked } = c.req.valid('json')
    const moved = await rescheduleAppointment(c.var.clinic, {
      id: idIn(c, 'appointment'),
      doctorId: asked.doctor_id,
      startAt: asked.start_at,
      endAt: asked.end_at,
      overrideReason: asked.override_reason,
      version: versionIn(c),
    })
    return moved.ok ? showAppointment(c, moved.appointment) : refuse(c, moved)
  },
)
appointmentsApi.all('/:id', allowOnly('GET, HEAD, PATCH'))
appointmentsApi.route('/:id', appointmentChangesApi)

function refuse(
  c: Context<AppEnv>,
  refused: Extract<BookedAppointment | RescheduledAppointment, { ok: false }>,
): Response {
  if (refused.refusal === 'invalid') {
    const faults = refused.faults as Record<string, Fault>
    const errors = Object.entries(faults).map(([field, message]) =>
      toError({ path: ['appointment', snakeCase(field)], message }),
    )
    return problem(c, 'invalid', { errors })
  }
  if ('nextFreeStartAt' in refused)
    return problem(c, refused.refusal, { next_free_start_at: refused.nextFreeStartAt?.toISOString() ?? null })
  if (!('nextFree' in refused)) return problem(c, refused.refusal)
  const { nextFree } = refused
  return problem(c, refused.refusal, {
    next_free_start_at: nextFree?.startAt.toISOString() ?? null,
    ...(nextFree && {
      detail: `The next free start on that day is ${nextFree.startLocal} (${nextFree.timeZone}).`,
    }),
  })
}

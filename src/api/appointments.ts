import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import * as z from 'zod'
import { bookAppointment } from '../clinic/appointments/book.ts'
import { bookHold } from '../clinic/appointments/book-hold.ts'
import { appointmentStatuses, findAppointment } from '../clinic/appointments/find.ts'
import { rescheduleAppointment } from '../clinic/appointments/reschedule.ts'
import { appointmentKey, searchAppointments } from '../clinic/appointments/search.ts'
import type { Fault } from '../clinic/refusals.ts'
import { closed, fault, id, instant, remark, writtenNumber } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet, readIfMatch } from '../http/conditions.ts'
import { cursor, linkToNext, readCursor } from '../http/cursor.ts'
import { idIn } from '../http/path-id.ts'
import { appointmentChangesApi } from './appointment-changes.ts'
import { appointmentToJson, showAppointment, showNewAppointment } from './appointment-json.ts'
import { allowOnly, requireJson, requireVersion } from './conventions.ts'
import { refuseInvalid, refuseInvalidQuery } from './refuse-invalid.ts'
import { refuseWish, toWish, wishFields } from './wish.ts'

export const bookingBody = closed({
  appointment: closed({ ...wishFields, hold_id: id.optional() }).superRefine((asked, context) => {
    const { hold_id, patient_id, reason_for_visit, ...others } = asked
    const refuse = (path: string, message: Fault) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (hold_id === undefined && asked.start_at === undefined) refuse('start_at', 'missing')
    // What is held says all the rest.
    if (hold_id !== undefined)
      for (const [field, value] of Object.entries(others))
        if (value !== undefined) refuse(field, 'not_expected')
  }),
})

export const movingBody = closed({
  appointment: closed({
    doctor_id: id.optional(),
    start_at: instant,
    end_at: instant.optional(),
    override_reason: remark.optional(),
  }),
})

export const appointmentsSearch = closed({
  doctor_id: id.optional(),
  patient_id: id.optional(),
  location_id: id.optional(),
  status: z.enum(appointmentStatuses, { error: fault('not_a_choice') }).optional(),
  from: instant.optional(),
  to: instant.optional(),
  limit: writtenNumber(1, 100).default(50),
  cursor,
}).refine(({ from, to }) => !from || !to || from < to, { path: ['to'], error: () => 'not_after_opening' })

export const appointmentsApi = new Hono<AppEnv>()

appointmentsApi.get('/', zValidator('query', appointmentsSearch, refuseInvalidQuery), async (c) => {
  const asked = c.req.valid('query')
  const { appointments, next } = await searchAppointments(c.var.clinic, {
    doctorId: asked.doctor_id,
    patientId: asked.patient_id,
    locationId: asked.location_id,
    status: asked.status,
    from: asked.from === undefined ? undefined : new Date(asked.from),
    to: asked.to === undefined ? undefined : new Date(asked.to),
    limit: asked.limit,
    after: await readCursor(c, asked.cursor, appointmentKey),
  })
  if (next) await linkToNext(c, [next.startAt.toISOString(), next.id])
  return c.json({ appointments: appointments.map((appointment) => appointmentToJson(c, appointment)) })
})

appointmentsApi.post('/', requireJson, zValidator('json', bookingBody, refuseInvalid), async (c) => {
  const {
    hold_id: holdId,
    patient_id: patientId,
    start_at: startAt = '',
    ...asked
  } = c.req.valid('json').appointment
  const booked = holdId
    ? await bookHold(c.var.clinic, { holdId, patientId, reasonForVisit: asked.reason_for_visit })
    : await bookAppointment(c.var.clinic, { ...toWish(asked), patientId, startAt })
  if (!booked.ok) return refuseWish(c, 'appointment', booked)
  return showNewAppointment(c, booked.appointment)
})
appointmentsApi.all('/', allowOnly('GET, HEAD, POST'))

appointmentsApi.get('/:id', conditionalGet, async (c) => {
  return showAppointment(c, await findAppointment(c.var.clinic, idIn(c, 'appointment')))
})
appointmentsApi.patch(
  '/:id',
  requireVersion,
  requireJson,
  zValidator('json', movingBody, refuseInvalid),
  async (c) => {
    const { appointment: asked } = c.req.valid('json')
    const moved = await rescheduleAppointment(c.var.clinic, {
      id: idIn(c, 'appointment'),
      doctorId: asked.doctor_id,
      startAt: asked.start_at,
      endAt: asked.end_at,
      overrideReason: asked.override_reason,
      version: readIfMatch(c),
    })
    return moved.ok ? showAppointment(c, moved.appointment) : refuseWish(c, 'appointment', moved)
  },
)
appointmentsApi.all('/:id', allowOnly('GET, HEAD, PATCH'))
appointmentsApi.route('/:id', appointmentChangesApi)

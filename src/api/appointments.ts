import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { bookAppointment, bookAppointmentInput } from '../clinic/appointments/book.ts'
import { bookHold } from '../clinic/appointments/book-hold.ts'
import { findAppointment } from '../clinic/appointments/find.ts'
import { joinSession } from '../clinic/appointments/join-session.ts'
import { rescheduleAppointment, rescheduleAppointmentInput } from '../clinic/appointments/reschedule.ts'
import { appointmentKey, searchAppointments, searchAppointmentsInput } from '../clinic/appointments/search.ts'
import { closed, id, minute } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet, readIfMatch } from '../http/conditions.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { appointmentChangesApi } from './appointment-changes.ts'
import { appointmentToJson, showAppointment, showNewAppointment } from './appointment-json.ts'
import { allowOnly, requireJson, requireVersion } from './conventions.ts'
import { refuseInvalid, refuseInvalidQuery } from './refuse-invalid.ts'
import { eitherOr, refuseWish, timesWithOffset } from './wish.ts'

/** A slot; or a hold or a place in a session, which have everything but the patient and the reason. */
const bookingInput = bookAppointmentInput
  .extend({ ...timesWithOffset, startAt: minute.optional(), holdId: id.optional(), sessionId: id.optional() })
  .superRefine(({ holdId, sessionId, patientId, reasonForVisit, ...slot }, context) => {
    const others = holdId === undefined ? slot : { ...slot, sessionId }
    eitherOr(context, (holdId ?? sessionId) === undefined ? undefined : others, slot.startAt)
  })
export const bookingBody = closed({ appointment: inSnakeCase(bookingInput) })

export const movingBody = closed({
  appointment: inSnakeCase(
    rescheduleAppointmentInput
      .omit({ id: true, version: true })
      .extend({ ...timesWithOffset, startAt: minute.optional() }),
  ),
})

export const appointmentsSearch = inSnakeCase(searchAppointmentsInput.safeExtend(paging(50)))

export const appointmentsApi = new Hono<AppEnv>()

appointmentsApi.get('/', zValidator('query', appointmentsSearch, refuseInvalidQuery), async (c) => {
  const { cursor, ...asked } = c.req.valid('query')
  const after = await readCursor(c, cursor, appointmentKey)
  const { appointments, next } = await searchAppointments(c.var.clinic, { ...asked, after })
  if (next) await linkToNext(c, [next.startAt.toISOString(), next.id])
  return c.json({ appointments: appointments.map((appointment) => appointmentToJson(c, appointment)) })
})

appointmentsApi.post('/', requireJson, zValidator('json', bookingBody, refuseInvalid), async (c) => {
  const { holdId, sessionId, startAt = '', ...asked } = c.req.valid('json').appointment
  const { patientId, reasonForVisit } = asked
  const booked = holdId
    ? await bookHold(c.var.clinic, { holdId, patientId, reasonForVisit })
    : sessionId
      ? await joinSession(c.var.clinic, { sessionId, patientId, reasonForVisit })
      : await bookAppointment(c.var.clinic, { ...asked, startAt })
  if (!booked.ok) return refuseWish(c, 'appointment', booked)
  return showNewAppointment(c, booked)
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
    const moved = await rescheduleAppointment(c.var.clinic, {
      id: idIn(c, 'appointment'),
      version: readIfMatch(c),
      ...c.req.valid('json').appointment,
    })
    return moved.ok ? showAppointment(c, moved.appointment) : refuseWish(c, 'appointment', moved)
  },
)
appointmentsApi.all('/:id', allowOnly('GET, HEAD, PATCH'))
appointmentsApi.route('/:id', appointmentChangesApi)

import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import { cancelAppointment, cancelAppointmentInput } from '../clinic/appointments/cancel.ts'
import type { ChangedAppointment } from '../clinic/appointments/change.ts'
import { changePeople, changePeopleInput } from '../clinic/appointments/change-people.ts'
import { changeVisitType, changeVisitTypeInput } from '../clinic/appointments/change-visit-type.ts'
import { checkIn } from '../clinic/appointments/check-in.ts'
import { completeAppointment } from '../clinic/appointments/complete.ts'
import { confirmAppointment } from '../clinic/appointments/confirm.ts'
import { declineAppointment, declineAppointmentInput } from '../clinic/appointments/decline.ts'
import { type AppointmentEvent, findEvents } from '../clinic/appointments/find-events.ts'
import { markNoShow } from '../clinic/appointments/mark-no-show.ts'
import { leaveNote, noteInput } from '../clinic/appointments/note.ts'
import { reassignAppointment, reassignAppointmentInput } from '../clinic/appointments/reassign.ts'
import { startAppointment } from '../clinic/appointments/start.ts'
import { undo } from '../clinic/appointments/undo.ts'
import { undoLastChange } from '../clinic/appointments/undo-last.ts'
import type { Refusal } from '../clinic/refusals.ts'
import { closed } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { readIfMatch } from '../http/conditions.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import type { AppointmentEventJson } from './appointment-answers.ts'
import { appointmentToJson, showAppointment } from './appointment-json.ts'
import { allowOnly, requireJson, requireVersion } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseFields, refuseInvalid } from './refuse-invalid.ts'
import { refuseWish } from './wish.ts'

export const cancellationBody = closed({
  cancellation: inSnakeCase(cancelAppointmentInput.pick({ reason: true })),
})

export const declineBody = closed({ decline: inSnakeCase(declineAppointmentInput.pick({ reason: true })) })

export const reassignmentBody = closed({
  reassignment: inSnakeCase(reassignAppointmentInput.omit({ id: true, version: true })),
})

export const participantsBody = closed({
  participants: inSnakeCase(changePeopleInput.omit({ id: true, version: true })),
})

export const visitTypeBody = closed({
  visit_type: inSnakeCase(changeVisitTypeInput.omit({ id: true, version: true })),
})

export const noteBody = closed({ note: inSnakeCase(noteInput.pick({ note: true })) })

/** Mounted below the `:id` of an appointment. */
export const appointmentChangesApi = new Hono<AppEnv>()

appointmentChangesApi.post(
  '/cancellation',
  requireJson,
  zValidator('json', cancellationBody, refuseInvalid),
  async (c) => {
    const { reason } = c.req.valid('json').cancellation
    const wish = { id: idIn(c, 'appointment'), reason, version: readIfMatch(c) }
    const cancelled = await cancelAppointment(c.var.clinic, wish)
    if (cancelled.ok || cancelled.refusal !== 'invalid') return answer(c, cancelled)
    return refuseFields(c, 'cancellation', cancelled.faults)
  },
)
appointmentChangesApi.all('/cancellation', allowOnly('POST'))

appointmentChangesApi.post(
  '/reassignment',
  requireVersion,
  requireJson,
  zValidator('json', reassignmentBody, refuseInvalid),
  async (c) => {
    const { patientId, reason } = c.req.valid('json').reassignment
    const wish = { id: idIn(c, 'appointment'), patientId, reason, version: readIfMatch(c) }
    const reassigned = await reassignAppointment(c.var.clinic, wish)
    if (reassigned.ok) return showAppointment(c, reassigned.appointment)
    if (reassigned.refusal !== 'patient_busy') return problem(c, reassigned.refusal)
    const { conflict } = reassigned
    return problem(c, 'patient_busy', { overlap: conflict ? [appointmentToJson(c, conflict)] : [] })
  },
)
appointmentChangesApi.all('/reassignment', allowOnly('POST'))

appointmentChangesApi.post('/confirmation', async (c) =>
  answer(c, await confirmAppointment(c.var.clinic, idIn(c, 'appointment'), readIfMatch(c))),
)
appointmentChangesApi.all('/confirmation', allowOnly('POST'))

appointmentChangesApi.post(
  '/decline',
  requireJson,
  zValidator('json', declineBody, refuseInvalid),
  async (c) => {
    const { reason } = c.req.valid('json').decline
    const wish = { id: idIn(c, 'appointment'), reason, version: readIfMatch(c) }
    return answer(c, await declineAppointment(c.var.clinic, wish))
  },
)
appointmentChangesApi.all('/decline', allowOnly('POST'))

appointmentChangesApi.put(
  '/participants',
  requireVersion,
  requireJson,
  zValidator('json', participantsBody, refuseInvalid),
  async (c) => {
    const { participants } = c.req.valid('json')
    const wish = { ...participants, id: idIn(c, 'appointment'), version: readIfMatch(c) }
    const changed = await changePeople(c.var.clinic, wish)
    if (changed.ok) return showAppointment(c, changed.appointment)
    if (changed.refusal === 'invalid') return refuseFields(c, 'participants', changed.faults)
    const { refusal, missing } = changed
    return problem(c, refusal, missing && { missing, detail: `${missing.name} cannot come at that time.` })
  },
)
appointmentChangesApi.all('/participants', allowOnly('PUT'))

appointmentChangesApi.put(
  '/visit-type',
  requireVersion,
  requireJson,
  zValidator('json', visitTypeBody, refuseInvalid),
  async (c) => {
    const wish = { ...c.req.valid('json').visit_type, id: idIn(c, 'appointment'), version: readIfMatch(c) }
    const changed = await changeVisitType(c.var.clinic, wish)
    if (changed.ok) return showAppointment(c, changed.appointment)
    if (changed.refusal !== 'session_needed') return refuseWish(c, 'visit_type', changed)
    return problem(c, 'session_needed', { detail: 'Sessions and their places keep their visit type.' })
  },
)
appointmentChangesApi.all('/visit-type', allowOnly('PUT'))

appointmentChangesApi.post('/arrival', async (c) =>
  answer(c, await checkIn(c.var.clinic, idIn(c, 'appointment'), readIfMatch(c))),
)
appointmentChangesApi.post('/start', async (c) =>
  answer(c, await startAppointment(c.var.clinic, idIn(c, 'appointment'), readIfMatch(c))),
)
appointmentChangesApi.post('/completion', async (c) =>
  answer(c, await completeAppointment(c.var.clinic, idIn(c, 'appointment'), readIfMatch(c))),
)
appointmentChangesApi.post('/no-show', async (c) =>
  answer(c, await markNoShow(c.var.clinic, idIn(c, 'appointment'), readIfMatch(c))),
)

const undone = {
  arrival: 'undo check-in',
  start: 'undo start',
  completion: 'undo completion',
  'no-show': 'undo no-show',
} as const

for (const [noun, verb] of Object.entries(undone)) {
  appointmentChangesApi.delete(`/${noun}`, async (c) =>
    answer(c, await undo(c.var.clinic, idIn(c, 'appointment'), verb, readIfMatch(c))),
  )
  appointmentChangesApi.all(`/${noun}`, allowOnly('POST, DELETE'))
}

appointmentChangesApi.post('/undo', requireVersion, async (c) =>
  answer(c, await undoLastChange(c.var.clinic, { id: idIn(c, 'appointment'), version: readIfMatch(c) })),
)
appointmentChangesApi.all('/undo', allowOnly('POST'))

appointmentChangesApi.put('/note', requireJson, zValidator('json', noteBody, refuseInvalid), async (c) => {
  const { note } = c.req.valid('json').note
  return answer(
    c,
    await leaveNote(c.var.clinic, { id: idIn(c, 'appointment'), note, version: readIfMatch(c) }),
  )
})
appointmentChangesApi.all('/note', allowOnly('PUT'))

appointmentChangesApi.get('/events', async (c) =>
  c.json({ events: (await findEvents(c.var.clinic, idIn(c, 'appointment'))).map(eventToJson) }),
)
appointmentChangesApi.all('/events', allowOnly('GET, HEAD'))

function eventToJson({ at, ...event }: AppointmentEvent): AppointmentEventJson {
  return { ...event, at: at.toISOString() }
}

function answer(c: Context<AppEnv>, changed: ChangedAppointment<Refusal>): Response {
  if (changed.ok) return showAppointment(c, changed.appointment)
  return problem(c, changed.refusal, { appointment_status: changed.appointment.status })
}

import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import { beginSession, beginSessionInput } from '../clinic/appointments/begin-session.ts'
import {
  cancelSession,
  cancelSessionInput,
  moveSession,
  moveSessionInput,
  resizeSession,
  resizeSessionInput,
} from '../clinic/appointments/change-session.ts'
import type { Appointment } from '../clinic/appointments/find.ts'
import { findSession, findSessions, findSessionsInput } from '../clinic/appointments/find-sessions.ts'
import { appointmentKey } from '../clinic/appointments/search.ts'
import { closed, minute } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet } from '../http/conditions.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { appointmentToJson } from './appointment-json.ts'
import { allowOnly, requireJson } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseInvalid, refuseInvalidQuery } from './refuse-invalid.ts'
import { sessionToJson } from './session-json.ts'
import { refuseWish } from './wish.ts'

export const sessionsSearch = inSnakeCase(findSessionsInput.safeExtend(paging(50)))
export const sessionBody = closed({ session: inSnakeCase(beginSessionInput.extend({ startAt: minute })) })
export const resizingBody = closed({ session: inSnakeCase(resizeSessionInput.omit({ id: true })) })
export const sessionMovingBody = closed({
  rescheduling: inSnakeCase(moveSessionInput.omit({ id: true }).extend({ startAt: minute })),
})
export const sessionCancellationBody = closed({
  cancellation: inSnakeCase(cancelSessionInput.omit({ id: true })),
})

export const sessionsApi = new Hono<AppEnv>()

sessionsApi.get('/', zValidator('query', sessionsSearch, refuseInvalidQuery), async (c) => {
  const { cursor, ...asked } = c.req.valid('query')
  const after = await readCursor(c, cursor, appointmentKey)
  const { sessions, next } = await findSessions(c.var.clinic, { ...asked, after })
  if (next) await linkToNext(c, [next.startAt.toISOString(), next.id])
  return c.json({ sessions: sessions.map(sessionToJson) })
})
sessionsApi.post('/', requireJson, zValidator('json', sessionBody, refuseInvalid), async (c) => {
  const begun = await beginSession(c.var.clinic, c.req.valid('json').session)
  if (!begun.ok) return refuseWish(c, 'session', begun)
  c.header('Location', `/api/v1/sessions/${begun.appointment.id}`)
  return showSession(c, begun.appointment, 201)
})
sessionsApi.all('/', allowOnly('GET, HEAD, POST'))

sessionsApi.get('/:id', conditionalGet, async (c) => {
  const { session, participants } = await findSession(c.var.clinic, idIn(c, 'session'))
  const shown = participants.map((participant) => appointmentToJson(c, participant))
  return c.json({ session: { ...sessionToJson(session), participants: shown } })
})
sessionsApi.patch('/:id', requireJson, zValidator('json', resizingBody, refuseInvalid), async (c) => {
  const wish = { id: idIn(c, 'session'), ...c.req.valid('json').session }
  const resized = await resizeSession(c.var.clinic, wish)
  return resized.ok ? showSession(c, resized.appointment) : problem(c, resized.refusal)
})
sessionsApi.all('/:id', allowOnly('GET, HEAD, PATCH'))

sessionsApi.post(
  '/:id/cancellation',
  requireJson,
  zValidator('json', sessionCancellationBody, refuseInvalid),
  async (c) => {
    const { reason } = c.req.valid('json').cancellation
    const cancelled = await cancelSession(c.var.clinic, { id: idIn(c, 'session'), reason })
    return cancelled.ok ? showSession(c, cancelled.appointment) : problem(c, cancelled.refusal)
  },
)
sessionsApi.all('/:id/cancellation', allowOnly('POST'))

sessionsApi.post(
  '/:id/rescheduling',
  requireJson,
  zValidator('json', sessionMovingBody, refuseInvalid),
  async (c) => {
    const wish = { id: idIn(c, 'session'), ...c.req.valid('json').rescheduling }
    const moved = await moveSession(c.var.clinic, wish)
    if (moved.ok) return showSession(c, moved.appointment)
    const busy = 'busyParticipants' in moved ? moved.busyParticipants : undefined
    if (!busy) return refuseWish(c, 'rescheduling', moved)
    const detail =
      'Some participants, or people who come with them, aren’t free then. `appointment_ids` lists their appointments in this session. Choose another time, or move them to another session first.'
    return problem(c, 'patient_busy', { detail, appointment_ids: busy })
  },
)
sessionsApi.all('/:id/rescheduling', allowOnly('POST'))

function showSession(c: Context<AppEnv>, session: Appointment, status: 200 | 201 = 200): Response {
  return c.json({ session: sessionToJson(session) }, status)
}

import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import type { VisitTypeChoice } from '../clinic/appointments/begin.ts'
import { extendHold } from '../clinic/appointments/extend-hold.ts'
import type { Appointment } from '../clinic/appointments/find.ts'
import { holdPlace, holdSlot, holdSlotInput } from '../clinic/appointments/hold.ts'
import { findHold } from '../clinic/appointments/holds.ts'
import { releaseHold } from '../clinic/appointments/release-hold.ts'
import { closed, id, minute } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet } from '../http/conditions.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import type { HoldJson } from './appointment-answers.ts'
import { appointmentToJson } from './appointment-json.ts'
import { allowOnly, requireJson } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseInvalid } from './refuse-invalid.ts'
import { eitherOr, refuseWish, timesWithOffset } from './wish.ts'

/** A slot, or a place in a session. */
const holdInput = holdSlotInput
  .extend({ ...timesWithOffset, startAt: minute.optional(), sessionId: id.optional() })
  .superRefine(({ sessionId, patientId, ...slot }, context) =>
    eitherOr(context, sessionId === undefined ? undefined : slot, slot.startAt),
  )
export const holdBody = closed({ hold: inSnakeCase(holdInput) })

export const holdsApi = new Hono<AppEnv>()

holdsApi.post('/', requireJson, zValidator('json', holdBody, refuseInvalid), async (c) => {
  const { sessionId, startAt = '', ...asked } = c.req.valid('json').hold
  const held =
    sessionId === undefined
      ? await holdSlot(c.var.clinic, { ...asked, startAt })
      : await holdPlace(c.var.clinic, { sessionId, patientId: asked.patientId })
  if (!held.ok) return refuseWish(c, 'hold', held)
  c.header('Location', `/api/v1/holds/${held.appointment.id}`)
  return showHold(c, held.appointment, 201, held.visitTypeChosen)
})
holdsApi.all('/', allowOnly('POST'))

holdsApi.get('/:id', conditionalGet, async (c) => showHold(c, await findHold(c.var.clinic, idIn(c, 'hold'))))
holdsApi.delete('/:id', async (c) => {
  const released = await releaseHold(c.var.clinic, idIn(c, 'hold'))
  if (released.ok) return c.body(null, 204)
  return problem(c, released.refusal, { appointment_status: released.appointment.status })
})
holdsApi.all('/:id', allowOnly('GET, HEAD, DELETE'))

holdsApi.post('/:id/extension', async (c) => {
  const extended = await extendHold(c.var.clinic, idIn(c, 'hold'))
  if (extended.ok) return showHold(c, extended.appointment)
  return problem(c, extended.refusal, { appointment_status: extended.appointment.status })
})
holdsApi.all('/:id/extension', allowOnly('POST'))

function showHold(
  c: Context<AppEnv>,
  hold: Appointment,
  status: 200 | 201 = 200,
  choice?: VisitTypeChoice,
): Response {
  const all = appointmentToJson(c, hold)
  const { id: holdId, doctor_id, patient_id, visit_type_id, location_id, session_id } = all
  const { start_at, end_at, start_local, end_local, time_zone } = all
  const json: HoldJson = {
    ...{ id: holdId, doctor_id, patient_id, visit_type_id, location_id, session_id, status: all.status },
    ...{ start_at, end_at, start_local, end_local, time_zone },
    expires_at: hold.holdExpiresAt?.toISOString() ?? null,
  }
  return c.json({ hold: json, ...(choice && { visit_type_chosen: choice }) }, status)
}

import { type Context, Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import {
  cancelSession,
  cancelSessionInput,
  moveSession,
  moveSessionInput,
  resizeSession,
} from '../../clinic/appointments/change-session.ts'
import { joinSession } from '../../clinic/appointments/join-session.ts'
import { readSessionPage } from '../../clinic/appointments/read-session-page.ts'
import { NotFound } from '../../clinic/errors.ts'
import type { Fault } from '../../clinic/refusals.ts'
import { id, writtenNumber } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { readSearch, readTyped, requireDesk } from '../booking/patient-search.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm, type Written } from '../read-form.ts'
import { type Refused, type SessionField, SessionPage, sessionFields } from './session-page.tsx'

export const sessions = new Hono<AppEnv>()

// From the day, to add a patient.
sessions.get('/:id', (c) => showSession(c, c.req.query('add') ? { typed: '' } : {}))

// What was typed stays out of addresses, which logs and histories keep.
sessions.post('/:id/patient-search', async (c) => {
  requireDesk(c)
  return showSession(c, { typed: readTyped(await readForm(c)) })
})

sessions.post('/:id/participants', async (c) => {
  requireRight(c.var.clinic.actor, 'manage sessions')
  const form = await readForm(c)
  const read = readFields(form, { patientId: id })
  if (!read.ok) return showSession(c, { form, faults: read.faults, ...readSearch(form) })
  const wish = { sessionId: idIn(c, 'session'), ...read.values }
  const joined = await orUnknown(joinSession(c.var.clinic, wish))
  if (joined.ok) return c.redirect(paths.session(wish.sessionId), 303)
  if (joined.refusal === 'invalid') return showSession(c, { form, faults: { patient_id: 'not_an_id' } })
  c.set('refusal', joined.refusal)
  const { desk, session } = c.var.copy
  const reasons = { ...desk.reasons, ...session.refused }
  return showSession(c, {
    form,
    refused: { title: session.notAdded, reason: reasons[joined.refusal], busy: [] },
  })
})

sessions.post('/:id/capacity', async (c) => {
  requireRight(c.var.clinic.actor, 'manage sessions')
  const form = await readForm(c)
  const read = readFields(form, { capacity: writtenNumber(1, 500) })
  if (!read.ok) return showSession(c, { form, faults: read.faults })
  const resized = await resizeSession(c.var.clinic, { id: idIn(c, 'session'), ...read.values })
  if (resized.ok) return c.redirect(paths.session(resized.appointment.id), 303)
  c.set('refusal', resized.refusal)
  const { desk, session } = c.var.copy
  const reason = resized.refusal === 'too_few_places' ? session.tooFewPlaces : desk.reasons[resized.refusal]
  return showSession(c, { form, refused: { title: session.notResized, reason, busy: [] } })
})

sessions.post('/:id/cancellation', async (c) => {
  requireRight(c.var.clinic.actor, 'manage sessions')
  const form = await readForm(c)
  const read = readFields(form, { reason: cancelSessionInput.shape.reason })
  if (!read.ok) return showSession(c, { form, faults: read.faults })
  const cancelled = await cancelSession(c.var.clinic, { id: idIn(c, 'session'), ...read.values })
  if (cancelled.ok) return c.redirect(paths.session(cancelled.appointment.id), 303)
  c.set('refusal', cancelled.refusal)
  const { change, desk } = c.var.copy
  const refused = { title: change.notCancelled, reason: desk.reasons[cancelled.refusal], busy: [] }
  return showSession(c, { form, refused })
})

sessions.post('/:id/rescheduling', async (c) => {
  requireRight(c.var.clinic.actor, 'manage sessions')
  const form = await readForm(c)
  const { startAt, overrideReason } = moveSessionInput.shape
  const read = readFields(form, { startAt, overrideReason })
  if (!read.ok) return showSession(c, { form, faults: read.faults })
  const moved = await moveSession(c.var.clinic, { id: idIn(c, 'session'), ...read.values })
  if (moved.ok) return c.redirect(paths.session(moved.appointment.id), 303)
  if (moved.refusal === 'invalid') return showSession(c, { form, faults: { start_at: moved.faults.startAt } })
  c.set('refusal', moved.refusal)
  const { change, desk, session } = c.var.copy
  const busy = ('busyParticipants' in moved && moved.busyParticipants) || []
  const reason = busy.length > 0 ? session.busy : desk.reasons[moved.refusal]
  return showSession(c, { form, refused: { title: change.notMoved, reason, busy } })
})

/** The patient who was chosen on the page may be gone by now. */
async function orUnknown<T>(answer: Promise<T>): Promise<T | { ok: false; refusal: 'invalid' }> {
  return answer.catch((error) => {
    if (!(error instanceof NotFound) || error.noun !== 'patient') throw error
    return { ok: false, refusal: 'invalid' }
  })
}

interface Said {
  form?: Written
  typed?: string | undefined
  refused?: Refused
  faults?: Partial<Record<SessionField, Fault | undefined>>
}

async function showSession(
  c: Context<AppEnv>,
  { form, typed, refused, faults }: Said = {},
): Promise<Response> {
  const { clinic, copy } = c.var
  if (faults) c.set('refusal', 'invalid')
  const chosenId = id.safeParse(form?.('patient_id')).data
  const content = await readSessionPage(clinic, idIn(c, 'session'), { typed, chosenId })
  const said = (of: (name: SessionField) => string | undefined) =>
    Object.fromEntries(sessionFields.map((name) => [name, of(name)]))
  const page = (
    <SessionPage
      frame={frameOf(c)}
      {...content}
      typed={typed}
      formKey={newFormKey()}
      refused={refused}
      problems={said((name) => faults?.[name] && copy.faults[faults[name]])}
      values={said((name) => form?.(name) ?? '') as Record<SessionField, string>}
    />
  )
  return c.html(page, refused ? 409 : faults ? 422 : 200)
}

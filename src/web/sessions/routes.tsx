import { type Context, Hono } from 'hono'
import { isDesk } from '../../clinic/accounts/guard.ts'
import {
  cancelSession,
  cancelSessionInput,
  moveSession,
  moveSessionInput,
} from '../../clinic/appointments/change-session.ts'
import { findSession } from '../../clinic/appointments/find-sessions.ts'
import type { Fault } from '../../clinic/refusals.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm, type Written } from '../read-form.ts'
import { type Refused, type SessionField, SessionPage, sessionFields } from './session-page.tsx'

export const sessions = new Hono<AppEnv>()

sessions.get('/:id', (c) => showSession(c))

sessions.post('/:id/cancellation', async (c) => {
  const form = await readForm(c)
  const read = readFields(form, { reason: cancelSessionInput.shape.reason })
  if (!read.ok) return showSession(c, { form, faults: read.faults })
  const cancelled = await cancelSession(c.var.clinic, { id: idIn(c, 'session'), ...read.values })
  if (cancelled.ok) return c.redirect(paths.session(cancelled.appointment.id), 303)
  c.set('refusal', cancelled.refusal)
  const { change } = c.var.copy
  const refused = { title: change.notCancelled, reason: change.refused[cancelled.refusal], busy: [] }
  return showSession(c, { form, refused })
})

sessions.post('/:id/rescheduling', async (c) => {
  const form = await readForm(c)
  const { startAt, overrideReason } = moveSessionInput.shape
  const read = readFields(form, { startAt, overrideReason })
  if (!read.ok) return showSession(c, { form, faults: read.faults })
  const moved = await moveSession(c.var.clinic, { id: idIn(c, 'session'), ...read.values })
  if (moved.ok) return c.redirect(paths.session(moved.appointment.id), 303)
  if (moved.refusal === 'invalid') return showSession(c, { form, faults: { start_at: moved.faults.startAt } })
  c.set('refusal', moved.refusal)
  const { change, refused, session } = c.var.copy
  const busy = ('busyParticipants' in moved && moved.busyParticipants) || []
  const reasons = { ...refused.reasons, ...change.refused }
  const reason = busy.length > 0 ? session.busy : reasons[moved.refusal]
  return showSession(c, { form, refused: { title: change.notMoved, reason, busy } })
})

interface Said {
  form?: Written
  refused?: Refused
  faults?: Partial<Record<SessionField, Fault | undefined>>
}

async function showSession(c: Context<AppEnv>, { form, refused, faults }: Said = {}): Promise<Response> {
  const { clinic, copy } = c.var
  if (faults) c.set('refusal', 'invalid')
  const content = await findSession(clinic, idIn(c, 'session'))
  const said = (of: (name: SessionField) => string | undefined) =>
    Object.fromEntries(sessionFields.map((name) => [name, of(name)]))
  const page = (
    <SessionPage
      frame={frameOf(c)}
      {...content}
      mayChange={isDesk(clinic.actor)}
      formKey={newFormKey()}
      refused={refused}
      problems={said((name) => faults?.[name] && copy.faults[faults[name]])}
      values={said((name) => form?.(name) ?? '') as Record<SessionField, string>}
    />
  )
  return c.html(page, refused ? 409 : faults ? 422 : 200)
}

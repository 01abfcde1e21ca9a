import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { findMessage, findMessages, findMessagesInput, messageKey } from '../clinic/messages/find.ts'
import type { Message } from '../clinic/messages/message.ts'
import { resendMessage } from '../clinic/messages/resend.ts'
import { stopMessage } from '../clinic/messages/stop.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet } from '../http/conditions.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { allowOnly } from './conventions.ts'
import type { MessageJson } from './message-answers.ts'
import { problem } from './problem.ts'
import { refuseInvalidQuery } from './refuse-invalid.ts'

export const messagesSearch = inSnakeCase(findMessagesInput.safeExtend(paging(50)))

export const messagesApi = new Hono<AppEnv>()

messagesApi.get('/', conditionalGet, zValidator('query', messagesSearch, refuseInvalidQuery), async (c) => {
  const { cursor, ...asked } = c.req.valid('query')
  const after = await readCursor(c, cursor, messageKey)
  const { messages, next } = await findMessages(c.var.clinic, { ...asked, after })
  if (next) await linkToNext(c, [next.dueAt.toISOString(), next.id])
  return c.json({ messages: messages.map(messageToJson) })
})
messagesApi.all('/', allowOnly('GET, HEAD'))

messagesApi.get('/:id', conditionalGet, async (c) =>
  c.json({ message: messageToJson(await findMessage(c.var.clinic, idIn(c, 'message'))) }),
)
messagesApi.all('/:id', allowOnly('GET, HEAD'))

messagesApi.post('/:id/resend', async (c) => {
  const resent = await resendMessage(c.var.clinic, idIn(c, 'message'))
  if (resent.ok) return c.json({ message: messageToJson(resent.message) })
  const { ok: _, refusal, ...why } = resent
  return problem(c, refusal, why)
})
messagesApi.all('/:id/resend', allowOnly('POST'))

messagesApi.post('/:id/stop', async (c) => {
  const stopped = await stopMessage(c.var.clinic, idIn(c, 'message'))
  if (stopped.ok) return c.json({ message: messageToJson(stopped.message) })
  return problem(c, stopped.refusal)
})
messagesApi.all('/:id/stop', allowOnly('POST'))

function messageToJson(message: Message): MessageJson {
  const { kind: type, id, name } = message.recipient
  return {
    id: message.id,
    kind: message.kind,
    days_before: message.daysBefore,
    state: message.state,
    reason: message.reason,
    recipient: { type, id, name },
    channel: message.channel,
    address: message.address,
    language: message.language,
    due_at: message.dueAt.toISOString(),
    try_at: message.tryAt?.toISOString() ?? null,
    attempts: message.attempts,
    provider: message.provider,
    provider_id: message.providerId,
    sent_at: message.sentAt?.toISOString() ?? null,
    delivered_at: message.deliveredAt?.toISOString() ?? null,
    appointments: message.appointments.map((one) => ({
      id: one.id,
      patient_id: one.patientId,
      start_at: one.startAt.toISOString(),
      start_local: one.startLocal,
      time_zone: one.timeZone,
    })),
  }
}

import { findOverdue } from '../../src/clinic/health/overdue.ts'
import { claimMessages } from '../../src/clinic/messages/claim.ts'
import { type FindMessages, findMessage, findMessages } from '../../src/clinic/messages/find.ts'
import { markMessages } from '../../src/clinic/messages/mark.ts'
import { findWaiting } from '../../src/clinic/messages/next-due.ts'
import { planMessages } from '../../src/clinic/messages/plan.ts'
import { readMessagesPage } from '../../src/clinic/messages/read-messages-page.ts'
import { recordProviderEvents } from '../../src/clinic/messages/record-provider-events.ts'
import { resendMessage } from '../../src/clinic/messages/resend.ts'
import { stopMessage } from '../../src/clinic/messages/stop.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** Plans, sends, lists, stops and sends again, among the messages of a year. */
export const callsWithMessages: Calls[] = [listMessages, deliver, hear, changeMessages]

async function listMessages({ cast, as, now, ...clinic }: Explained, { call }: Recorder) {
  const desk = clinic.context(as.desk)
  const monthAgo = new Date(now.getTime() - 30 * 86_400_000)
  const { appointmentId, patientId, newPatientId } = cast
  const filters: Record<string, Omit<FindMessages, 'limit'>> = {
    'from the newest on': {},
    'that are due': { state: 'due' },
    'that were sent': { state: 'sent' },
    'that failed': { state: 'failed' },
    'that were skipped': { state: 'skipped' },
    'of a kind': { kind: 'reminder' },
    'of a channel': { channel: 'email' },
    'of a month': { from: monthAgo, to: now },
    'of a day': { on: monthAgo.toISOString().slice(0, 10), state: 'sent' },
    'about an appointment': { appointmentId },
    'about a patient': { patientId },
    'about a patient without any': { patientId: newPatientId },
  }
  for (const [name, filter] of Object.entries(filters)) {
    await call(`messages are listed, ${name}`, () => findMessages(desk, { ...filter, limit: 50 }))
    await call('… after a page', () =>
      findMessages(desk, { ...filter, limit: 50, after: { dueAt: monthAgo, id: 1 } }),
    )
  }
  await call('the page of messages is read', () => readMessagesPage(desk, { state: 'due', limit: 30 }))
  await call('what is overdue is counted', () => findOverdue(clinic.context(as.system)))
  await call('what waits is counted', () => findWaiting(clinic.context(as.system)))
}

async function deliver({ as, ...clinic }: Explained, { call }: Recorder) {
  const system = clinic.context(as.system)
  await call('messages are planned', () => planMessages(system))
  const { messages } = await call('messages are claimed', () => claimMessages(system, ['email', 'sms']))
  await call('messages are marked', () =>
    markMessages(
      system,
      messages.map(({ id, attempt }) => ({
        messageId: id,
        attempt,
        provider: 'explain',
        sent: { outcome: 'accepted', id: `explain-${id}` },
      })),
    ),
  )
}

async function hear({ as, now, sql, ...clinic }: Explained, { call }: Recorder) {
  const { rows } = await sql.query(
    'select provider, provider_id, address from messages where provider_id is not null limit 2',
  )
  const told = rows.map(({ provider, provider_id: providerId, address }, n) => ({
    provider,
    providerId,
    channel: 'email' as const,
    address,
    what: n === 0 ? ('delivered' as const) : ('bounced' as const),
    isPermanent: true,
    at: now,
  }))
  await call('providers tell what became of messages', () =>
    recordProviderEvents(clinic.context(as.system), told),
  )
}

async function changeMessages({ as, sql, ...clinic }: Explained, { call, refused }: Recorder) {
  const idOf = async (condition: string): Promise<number> =>
    Number((await sql.query(`select max(id) as id from messages where ${condition}`)).rows[0].id)
  const due = await idOf("state = 'due'")
  const keyed = clinic.keyed(as.desk)
  await call('a message is read', () => findMessage(clinic.context(as.desk), due))
  await call('a message is stopped', () => stopMessage(keyed, due))
  await refused('a message that was stopped is stopped', 'not_waiting', () =>
    stopMessage(clinic.context(as.desk), due),
  )
  await call('a message that was stopped is sent again', () => resendMessage(clinic.keyed(as.desk), due))
  await refused('a message that waits is sent again', 'still_waiting', () =>
    resendMessage(clinic.context(as.desk), due),
  )
}

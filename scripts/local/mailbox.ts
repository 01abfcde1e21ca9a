import { randomUUID } from 'node:crypto'
import type { ReceivedMail } from './received.ts'
import { type Answered, type Asked, type StandInOptions, startStandIn } from './stand-in.ts'

/**
 * Stands in for the mail provider: accepts mail like Resend's API (`POST /emails`), once for each idempotency key, and
 * returns it (`GET /`).
 */
export async function startMailbox(options: StandInOptions = {}) {
  const mails: ReceivedMail[] = []
  const known = new Map<string, { body: string; id: string }>()
  const accept = ({ headers, body }: Asked): Answered => {
    const key = headers['idempotency-key']
    const before = typeof key === 'string' ? known.get(key) : undefined
    if (before)
      return before.body === body
        ? { body: { id: before.id } }
        : { status: 409, body: { statusCode: 409, name: 'invalid_idempotent_request' } }
    const mail = JSON.parse(body)
    if (!/^[^@\s]+@[^@\s]+$/.test(mail.to))
      return { status: 422, body: { statusCode: 422, name: 'validation_error' } }
    const id = randomUUID()
    if (typeof key === 'string') known.set(key, { body, id })
    mails.unshift(mail)
    return { body: { id } }
  }
  const standIn = await startStandIn(
    (asked) => (asked.method === 'POST' && asked.url === '/emails' ? accept(asked) : { body: mails }),
    options,
  )
  return {
    ...standIn,
    /** Newest first. */
    mails,
  }
}

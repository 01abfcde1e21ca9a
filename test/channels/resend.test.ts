import { afterAll, beforeEach, expect, it } from 'vitest'
import { startMailbox } from '../../scripts/local/mailbox.ts'
import { type Fault, startStandIn } from '../../scripts/local/stand-in.ts'
import type { Email } from '../../src/channels/channel.ts'
import { resend } from '../../src/channels/resend.ts'

let fault: Fault | undefined
const mailbox = await startMailbox({ fault: () => fault })
afterAll(mailbox.stop)
beforeEach(() => {
  fault = undefined
  mailbox.mails.length = 0
})

const options = { apiKey: 'key', from: 'Clinic <clinic@example.com>', timeLimitMs: 200 }
const channel = resend({ ...options, origin: mailbox.url })
const email: Email = {
  channel: 'email',
  to: 'nina@example.com',
  subject: 'Sampai jumpa – Ñina',
  html: '<p>See you</p>',
  text: 'See you',
  headers: { 'List-Unsubscribe': '<https://clinic.example/x>' },
  attachments: [
    {
      filename: 'appointment.ics',
      contentType: 'text/calendar; charset=utf-8; method=REQUEST',
      content: 'BEGIN:VCALENDAR\r\nSUMMARY:Ñina',
    },
  ],
}

it('sends the whole mail, with its calendar entry as REQUEST', async () => {
  expect(await channel.send(email, 'key-1')).toEqual({ outcome: 'accepted', id: expect.any(String) })
  const { channel: _, attachments, ...rest } = email
  expect(mailbox.mails).toEqual([
    {
      from: options.from,
      ...rest,
      attachments: [
        {
          filename: 'appointment.ics',
          content_type: 'text/calendar; charset=utf-8; method=REQUEST',
          content: Buffer.from('BEGIN:VCALENDAR\r\nSUMMARY:Ñina').toString('base64'),
        },
      ],
    },
  ])
})

it('sends once, however often it is asked with one key', async () => {
  const first = await channel.send(email, 'once')
  expect(await channel.send(email, 'once')).toEqual(first)
  expect(mailbox.mails).toHaveLength(1)
})

it('knows from a key used before that the message was accepted', async () => {
  await channel.send(email, 'rewritten')
  expect(await channel.send({ ...email, text: 'See you soon' }, 'rewritten')).toEqual({
    outcome: 'accepted',
    id: null,
  })
  expect(mailbox.mails).toHaveLength(1)
})

it.each([
  ['down', { outcome: 'failed', reason: 'The provider answered 503.' }, 0],
  [
    'throttling',
    { outcome: 'failed', reason: 'The provider answered 429 rate_limit_exceeded.', retryAfterSeconds: 30 },
    0,
  ],
  ['slow', { outcome: 'failed', reason: 'The provider did not answer in time.' }, 1],
  ['accepted, then dropped', { outcome: 'failed', reason: 'The connection to the provider broke.' }, 1],
] as [Fault, object, number][])('sends once after a provider that is %s', async (wrong, answer, accepted) => {
  fault = wrong
  expect(await channel.send(email, wrong)).toEqual(answer)
  expect(mailbox.mails).toHaveLength(accepted)
  fault = undefined
  expect(await channel.send(email, wrong)).toEqual({ outcome: 'accepted', id: expect.any(String) })
  expect(mailbox.mails).toHaveLength(1)
})

it.each([
  [422, 'validation_error', 'refused'],
  [413, undefined, 'refused'],
  [401, 'missing_api_key', 'failed'],
  [403, 'invalid_api_key', 'failed'],
  [409, 'concurrent_idempotent_requests', 'failed'],
  [500, 'application_error', 'failed'],
])('an answer %s %s means %s', async (status, name, outcome) => {
  await using provider = await startStandIn(() => ({ status, body: { name, message: 'nina@example.com' } }))
  const sent = await resend({ ...options, origin: provider.url }).send(email, 'key')
  expect(sent).toEqual({ outcome, reason: `The provider answered ${status}${name ? ` ${name}` : ''}.` })
})

it('repeats nothing that could name the address', async () => {
  await using provider = await startStandIn(() => ({ status: 422, body: { name: 'nina@example.com' } }))
  const sent = await resend({ ...options, origin: provider.url }).send(email, 'key')
  expect(sent).toEqual({ outcome: 'refused', reason: 'The provider answered 422.' })
})

it('fails when nobody is there, and when an answer has no id', async () => {
  const gone = await startStandIn(() => ({ body: 'Welcome' }))
  const channel = resend({ ...options, origin: gone.url })
  expect(await channel.send(email, 'key')).toMatchObject({ outcome: 'failed' })
  await gone.stop()
  expect(await channel.send(email, 'key')).toMatchObject({ outcome: 'failed' })
})

it('reads a date to wait for', async () => {
  const headers = { 'Retry-After': new Date(Date.now() + 90_000).toUTCString() }
  await using provider = await startStandIn(() => ({ status: 429, body: {}, headers }))
  const sent = await resend({ ...options, origin: provider.url }).send(email, 'key')
  expect((sent as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(60)
  expect((sent as { retryAfterSeconds: number }).retryAfterSeconds).toBeLessThanOrEqual(90)
})

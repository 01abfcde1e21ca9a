import { expect, it } from 'vitest'
import type { Email } from '../../src/channels/channel.ts'
import { cloudflare } from '../../src/channels/cloudflare.ts'

const from = 'Clinic <clinic@example.com>'
const email: Email = {
  channel: 'email',
  to: 'nina@example.com',
  subject: 'See you',
  text: 'See you',
  html: '<p>See you</p>',
  headers: { 'List-Unsubscribe': '<https://clinic.example/x>' },
  attachments: [
    { filename: 'a.ics', contentType: 'text/calendar; charset=utf-8; method=REQUEST', content: 'BEGIN:Ñ' },
  ],
}

it('gives the binding the whole mail', async () => {
  const given: unknown[] = []
  const binding = {
    send: async (mail: unknown) => {
      given.push(mail)
      return { messageId: '<1@clinic.example>' }
    },
  }
  const sent = await cloudflare({ binding, from }).send(email, 'key')
  expect(sent).toEqual({ outcome: 'accepted', id: '<1@clinic.example>' })
  const { channel: _, attachments, ...rest } = email
  expect(given).toEqual([
    {
      ...rest,
      from: { name: 'Clinic', email: 'clinic@example.com' },
      attachments: [
        {
          filename: 'a.ics',
          type: 'text/calendar; charset=utf-8; method=REQUEST',
          content: new TextEncoder().encode('BEGIN:Ñ'),
          disposition: 'attachment',
        },
      ],
    },
  ])
})

it.each([
  ['E_RECIPIENT_SUPPRESSED', { outcome: 'refused' }],
  ['E_VALIDATION_ERROR', { outcome: 'refused' }],
  ['E_HEADER_NOT_ALLOWED', { outcome: 'refused' }],
  ['E_RATE_LIMIT_EXCEEDED', { outcome: 'failed', retryAfterSeconds: 60 }],
  ['E_DAILY_LIMIT_EXCEEDED', { outcome: 'failed', retryAfterSeconds: 3_600 }],
  ['E_INTERNAL_SERVER_ERROR', { outcome: 'failed' }],
  ['E_SENDER_NOT_VERIFIED', { outcome: 'failed' }],
])('an error %s means %o', async (code, outcome) => {
  const binding = { send: () => Promise.reject(Object.assign(new Error('nina@example.com'), { code })) }
  const sent = await cloudflare({ binding, from }).send(email, 'key')
  expect(sent).toEqual({ ...outcome, reason: `The provider answered ${code}.` })
})

it('never throws, and gives up in time', async () => {
  const throwing = {
    send: () => {
      throw new Error('nina@example.com')
    },
  }
  expect(await cloudflare({ binding: throwing, from }).send(email, 'key')).toEqual({
    outcome: 'failed',
    reason: 'The connection to the provider broke.',
  })
  const silent = { send: () => new Promise<never>(() => {}) }
  expect(await cloudflare({ binding: silent, from, timeLimitMs: 20 }).send(email, 'key')).toEqual({
    outcome: 'failed',
    reason: 'The provider did not answer in time.',
  })
})

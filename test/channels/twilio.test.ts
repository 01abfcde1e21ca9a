import { afterAll, beforeEach, expect, it } from 'vitest'
import { startSms } from '../../scripts/local/sms-server.ts'
import type { Fault } from '../../scripts/local/stand-in.ts'
import type { Sms } from '../../src/channels/channel.ts'
import { twilio } from '../../src/channels/twilio.ts'

let fault: Fault | undefined
let refusal: number | undefined
const server = await startSms({ fault: () => fault, refuse: () => refusal })
afterAll(server.stop)
beforeEach(() => {
  fault = undefined
  refusal = undefined
  server.texts.length = 0
})

const options = {
  accountSid: 'AClocal',
  authToken: 'local',
  from: '+12025550123',
  statusCallback: 'https://booking.clinic.id/providers/twilio',
  origin: server.url,
  timeLimitMs: 200,
}
const message: Sms = { channel: 'sms', to: '+6281234567890', text: 'Sampai jumpa – Ñina & co' }

it('sends a text from a number, and says where to tell what became of it', async () => {
  const sent = await twilio(options).send(message, 'key')
  const [received] = server.texts
  expect(sent).toEqual({ outcome: 'accepted', id: received?.sid })
  expect(received).toMatchObject({
    from: options.from,
    to: message.to,
    text: message.text,
    statusCallback: options.statusCallback,
  })
})

it('sends through a messaging service', async () => {
  await twilio({ ...options, from: 'MG12' }).send(message, 'key')
  expect(server.texts).toMatchObject([{ from: 'MG12' }])
})

it('fails with a wrong password', async () => {
  expect(await twilio({ ...options, authToken: 'wrong' }).send(message, 'key')).toEqual({
    outcome: 'failed',
    reason: 'The provider answered 401 20003.',
  })
})

it.each([
  [21211, 'refused'],
  [21610, 'refused'],
  [21614, 'refused'],
  [21408, 'failed'],
])('an error %s means %s', async (code, outcome) => {
  refusal = code
  const sent = await twilio(options).send(message, 'key')
  expect(sent).toEqual({ outcome, reason: `The provider answered 400 ${code}.` })
})

it.each([
  ['down', { outcome: 'failed', reason: 'The provider answered 503.' }, 0],
  ['throttling', { outcome: 'failed', reason: 'The provider answered 429 20429.', retryAfterSeconds: 30 }, 0],
  ['slow', { outcome: 'failed', reason: 'The provider did not answer in time.' }, 1],
  ['accepted, then dropped', { outcome: 'failed', reason: 'The connection to the provider broke.' }, 1],
] as [Fault, object, number][])('a provider that is %s', async (wrong, answer, accepted) => {
  fault = wrong
  expect(await twilio(options).send(message, 'key')).toEqual(answer)
  expect(server.texts).toHaveLength(accepted)
})

import { afterAll, beforeEach, expect, it } from 'vitest'
import { type Fault, startStandIn } from '../../scripts/local/stand-in.ts'
import { startWhatsApp } from '../../scripts/local/whatsapp-server.ts'
import type { WhatsAppTemplate } from '../../src/channels/channel.ts'
import { whatsapp } from '../../src/channels/whatsapp.ts'

let fault: Fault | undefined
let refusal: number | undefined
const server = await startWhatsApp({ fault: () => fault, refuse: () => refusal })
afterAll(server.stop)
beforeEach(() => {
  fault = undefined
  refusal = undefined
  server.templates.length = 0
})

const options = { token: 'EAA', phoneNumberId: '1055', timeLimitMs: 200 }
const channel = whatsapp({ ...options, origin: server.url })
const message: WhatsAppTemplate = {
  channel: 'whatsapp',
  to: '+6281234567890',
  template: 'appointment_reminder',
  language: 'id',
  body: ['Ñina', 'Senin, 7 Januari\n\tjam 10.00      WIB'],
  buttons: ['a/1', 'a/2'],
}

it('sends a template with its variables and its buttons', async () => {
  const sent = await channel.send(message, 'key')
  const [received] = server.templates
  expect(sent).toEqual({ outcome: 'accepted', id: received?.id })
  expect(received).toEqual({
    id: expect.stringMatching(/^wamid\./),
    to: '6281234567890',
    template: {
      name: 'appointment_reminder',
      language: { code: 'id' },
      components: [
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'Ñina' },
            { type: 'text', text: 'Senin, 7 Januari jam 10.00 WIB' },
          ],
        },
        { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'a/1' }] },
        { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'a/2' }] },
      ],
    },
  })
})

it('gives its token, and the key for the webhook', async () => {
  const asked: unknown[] = []
  await using provider = await startStandIn(({ url, headers, body }) => {
    asked.push([url, headers.authorization, JSON.parse(body).biz_opaque_callback_data])
    return { body: { messages: [{ id: 'wamid.1' }] } }
  })
  await whatsapp({ ...options, origin: provider.url }).send(message, 'key-1')
  expect(asked).toEqual([['/v25.0/1055/messages', 'Bearer EAA', 'key-1']])
})

it.each([
  [131026, { outcome: 'refused' }],
  [131030, { outcome: 'refused' }],
  [132000, { outcome: 'refused' }],
  [130429, { outcome: 'failed', retryAfterSeconds: 60 }],
  [80007, { outcome: 'failed', retryAfterSeconds: 60 }],
  [132001, { outcome: 'failed' }],
  [190, { outcome: 'failed' }],
])('an error %s means %o', async (code, outcome) => {
  refusal = code
  expect(await channel.send(message, 'key')).toEqual({
    ...outcome,
    reason: `The provider answered 400 ${code}.`,
  })
})

it.each([
  ['down', { outcome: 'failed', reason: 'The provider answered 503.' }, 0],
  [
    'throttling',
    { outcome: 'failed', reason: 'The provider answered 429 130429.', retryAfterSeconds: 30 },
    0,
  ],
  ['slow', { outcome: 'failed', reason: 'The provider did not answer in time.' }, 1],
  ['accepted, then dropped', { outcome: 'failed', reason: 'The connection to the provider broke.' }, 1],
] as [Fault, object, number][])('a provider that is %s', async (wrong, answer, accepted) => {
  fault = wrong
  expect(await channel.send(message, 'key')).toEqual(answer)
  expect(server.templates).toHaveLength(accepted)
})

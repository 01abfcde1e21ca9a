import { createHmac, randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { startSms } from '../../scripts/local/sms-server.ts'
import { startWhatsApp } from '../../scripts/local/whatsapp-server.ts'
import type { Actor } from '../../src/clinic/context.ts'
import { recordProviderEvents } from '../../src/clinic/messages/record-provider-events.ts'
import { openClinic } from '../support/clinic.ts'

const key = randomBytes(24)
const clinic = await openClinic({
  vars: {
    RESEND_WEBHOOK_SECRET: `whsec_${key.toString('base64')}`,
    WHATSAPP_APP_SECRET: 'of the app',
    WHATSAPP_VERIFY_TOKEN: 'a word that both know',
    TWILIO_ACCOUNT_SID: 'AClocal',
    TWILIO_AUTH_TOKEN: 'of the account',
    TWILIO_FROM: '+12025550123',
  },
})
const { sql, origin } = clinic

const at = '2026-11-29T08:00:00.000Z'
let number = 0

/** A message that a provider accepted. */
async function send(provider: string, channel: string, address: string): Promise<string> {
  const id = `${provider}-${++number}`
  await sql.query(
    `insert into messages (kind, cause, recipient, state, due_at, try_at, created_at, sent_at, channel, address, provider, provider_id)
     values ('booked', $1, 'account:1', 'sent', now(), now(), now(), now(), $2, $3, $4, $1)`,
    [id, channel, address, provider],
  )
  return id
}

async function look(id: string) {
  const { rows } = await sql.query(
    'select state, reason, delivered_at from messages where provider_id = $1',
    [id],
  )
  return rows[0]
}

async function marked() {
  const { rows } = await sql.query('select channel, address, reason from marked_addresses order by address')
  return rows
}

beforeEach(() => sql.query('delete from marked_addresses'))

interface Told {
  body: string
  id?: string
  timestamp?: number
  secret?: Buffer
}

function tellAsResend({ body, id = 'msg_1', timestamp = Math.floor(Date.now() / 1000), secret = key }: Told) {
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'svix-id': id,
    'svix-timestamp': String(timestamp),
    'svix-signature': `v1,${randomBytes(32).toString('base64')} v1,${signature}`,
  }
  return fetch(`${origin}/providers/resend`, { method: 'POST', headers, body })
}

const resendEvent = (type: string, email_id: string, to: string, more = {}) =>
  JSON.stringify({ type, created_at: at, data: { email_id, to: [to], ...more } })

describe('Resend', () => {
  it('tells that a mail arrived, and then that it came back, as often as it likes', async () => {
    const id = await send('resend', 'email', 'nina@example.org')
    expect(
      (await tellAsResend({ body: resendEvent('email.delivered', id, 'nina@example.org') })).status,
    ).toBe(200)
    expect(await look(id)).toEqual({ state: 'sent', reason: null, delivered_at: new Date(at) })
    for (let times = 0; times < 2; times++) {
      const bounced = resendEvent('email.bounced', id, 'Nina@Example.org', { bounce: { type: 'Permanent' } })
      expect((await tellAsResend({ body: bounced })).status).toBe(200)
      expect(await look(id)).toEqual({ state: 'failed', reason: 'bounced', delivered_at: new Date(at) })
      expect(await marked()).toEqual([{ channel: 'email', address: 'nina@example.org', reason: 'bounced' }])
    }
    await tellAsResend({ body: resendEvent('email.delivered', id, 'nina@example.org') })
    expect(await look(id)).toMatchObject({ state: 'failed' })
  })

  it.each([
    ['email.complained', {}, { state: 'sent' }, [{ address: 'putu@example.org', reason: 'complained' }]],
    ['email.suppressed', {}, { reason: 'bounced' }, [{ address: 'putu@example.org', reason: 'bounced' }]],
    ['email.bounced', { bounce: { type: 'Transient' } }, { reason: 'bounced' }, []],
    ['email.failed', {}, { state: 'failed', reason: 'not_delivered' }, []],
    ['email.opened', {}, { state: 'sent', reason: null }, []],
  ])('tells %s %o', async (type, more, message, addresses) => {
    const id = await send('resend', 'email', 'putu@example.org')
    expect((await tellAsResend({ body: resendEvent(type, id, 'putu@example.org', more) })).status).toBe(200)
    expect(await look(id)).toMatchObject(message)
    expect(await marked()).toMatchObject(addresses)
  })

  it('marks the address of a mail without a message, such as a sign-in code', async () => {
    await tellAsResend({ body: resendEvent('email.bounced', 'unknown', 'Nobody@example.org') })
    expect(await marked()).toMatchObject([{ address: 'nobody@example.org', reason: 'bounced' }])
    await tellAsResend({ body: resendEvent('email.complained', 'unknown', 'Nobody@example.org') })
    expect(await marked()).toMatchObject([{ reason: 'complained' }])
    await tellAsResend({ body: resendEvent('email.bounced', 'unknown', 'Nobody@example.org') })
    expect(await marked()).toMatchObject([{ reason: 'complained' }])
  })

  it.each([
    ['another secret', { secret: randomBytes(24) }],
    ['a time six minutes ago', { timestamp: Math.floor(Date.now() / 1000) - 360 }],
    ['a time in six minutes', { timestamp: Math.floor(Date.now() / 1000) + 360 }],
  ])('is not believed with %s', async (_, wrong) => {
    const body = resendEvent('email.complained', 'unknown', 'nina@example.org')
    expect((await tellAsResend({ body, ...wrong })).status).toBe(401)
    expect(await marked()).toEqual([])
  })

  it('is told of a malformed body', async () => {
    for (const body of ['', '{', '[]', '7']) expect((await tellAsResend({ body })).status).toBe(400)
    expect((await tellAsResend({ body: ' '.repeat(70_000) })).status).toBe(413)
  })
})

describe('WhatsApp', async () => {
  const whatsapp = await startWhatsApp({ appSecret: 'of the app' })
  const webhook = `${origin}/providers/whatsapp`
  const to = '6281234567890'

  it.each([
    ['delivered', { state: 'sent', delivered_at: new Date(at) }, []],
    ['read', { state: 'sent', delivered_at: new Date(at) }, []],
    ['sent', { state: 'sent', delivered_at: null }, []],
    [{ code: 131026 }, { state: 'failed', reason: 'bounced' }, [{ channel: 'whatsapp', address: `+${to}` }]],
    [{ code: 131047 }, { state: 'failed', reason: 'not_delivered' }, []],
  ] as const)('tells %o', async (status, message, addresses) => {
    const id = await send('whatsapp', 'whatsapp', `+${to}`)
    expect((await whatsapp.tell(webhook, { id, to }, status, new Date(at))).status).toBe(200)
    expect(await look(id)).toMatchObject(message)
    expect(await marked()).toMatchObject([...addresses])
  })

  it('is not believed without its signature', async () => {
    const forger = await startWhatsApp({ appSecret: 'guessed' })
    expect((await forger.tell(webhook, { id: '1', to }, { code: 131026 }, new Date(at))).status).toBe(401)
    expect((await fetch(webhook, { method: 'POST', body: '{}' })).status).toBe(401)
    expect(await marked()).toEqual([])
    await Promise.all([forger.stop(), whatsapp.stop()])
  })

  it('gets its challenge back, if it knows the word', async () => {
    const ask = (token: string, challenge = '1158201444') =>
      fetch(
        `${webhook}?${new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': challenge })}`,
      )
    const answer = await ask('a word that both know')
    expect([answer.status, await answer.text()]).toEqual([200, '1158201444'])
    expect((await ask('guessed')).status).toBe(401)
    expect((await ask('a word that both know', '<script>')).status).toBe(400)
  })
})

describe('Twilio', async () => {
  const sms = await startSms({ authToken: 'of the account' })
  const to = '+6281234567890'
  const statusCallback = 'http://localhost:8787/providers/twilio'
  const text = (sid: string) => ({ sid, to, from: '', text: '', statusCallback })

  it.each([
    ['delivered', undefined, { state: 'sent', delivered_at: expect.any(Date) }, []],
    ['sent', undefined, { state: 'sent', delivered_at: null }, []],
    ['undelivered', 30005, { state: 'failed', reason: 'bounced' }, [{ channel: 'sms', address: to }]],
    ['failed', 30003, { state: 'failed', reason: 'not_delivered' }, []],
  ] as const)('tells %s %s', async (status, code, message, addresses) => {
    const id = await send('twilio', 'sms', to)
    expect((await sms.tell(text(id), status, code, `${origin}/providers/twilio`)).status).toBe(200)
    expect(await look(id)).toMatchObject(message)
    expect(await marked()).toMatchObject([...addresses])
  })

  it('is not believed without its signature', async () => {
    const forger = await startSms({ authToken: 'guessed' })
    const told = await forger.tell(text('1'), 'undelivered', 30005, `${origin}/providers/twilio`)
    expect(told.status).toBe(401)
    expect(await marked()).toEqual([])
    await Promise.all([forger.stop(), sms.stop()])
  })
})

it('a message of another provider with the same id stays as it is', async () => {
  const id = await send('twilio', 'sms', '+6281234567890')
  await tellAsResend({ body: resendEvent('email.bounced', id, 'nina@example.org') })
  expect(await look(id)).toMatchObject({ state: 'sent' })
})

it('a clinic without the secrets has no such addresses, and nobody learns more', async () => {
  const other = await clinic.openAnother({
    RESEND_WEBHOOK_SECRET: undefined,
    WHATSAPP_APP_SECRET: undefined,
    WHATSAPP_VERIFY_TOKEN: undefined,
    TWILIO_ACCOUNT_SID: undefined,
    TWILIO_AUTH_TOKEN: undefined,
    TWILIO_FROM: undefined,
  })
  for (const name of ['resend', 'whatsapp', 'twilio', 'nowhere']) {
    const answer = await fetch(`${other}/providers/${name}`, { method: 'POST', body: '{}' })
    expect([answer.status, await answer.text(), answer.headers.getSetCookie()]).toEqual([404, '', []])
  }
  expect((await fetch(`${other}/providers/whatsapp`)).status).toBe(404)
})

it('only the system may record what providers tell', async () => {
  const event = {
    provider: 'resend',
    providerId: '1',
    channel: 'email',
    address: 'nina@example.org',
  } as const
  const events = [{ ...event, what: 'complained', isPermanent: true, at: new Date() } as const]
  await expect(recordProviderEvents(clinic.context(), events)).rejects.toThrow()
  const actor: Actor = { kind: 'patient', accountId: 1, patientIds: [] }
  await expect(recordProviderEvents(clinic.context({ actor }), events)).rejects.toThrow()
  expect(await marked()).toEqual([])
})

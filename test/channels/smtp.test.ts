import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { startSmtpServer } from '../../scripts/local/smtp-server.ts'
import type { Fault } from '../../scripts/local/stand-in.ts'
import type { Email } from '../../src/channels/channel.ts'
import { smtp } from '../../src/channels/smtp.ts'
import { makeCertificate } from '../support/certificate.ts'

let fault: Fault | undefined
let refusal: number | undefined
const server = await startSmtpServer({ fault: () => fault, refuse: () => refusal })
afterAll(server.stop)
beforeEach(() => {
  fault = undefined
  refusal = undefined
  server.delivered.length = 0
})

const from = 'Klinik Sehat Café <clinic@example.com>'
const channel = smtp({ url: server.url(), from, mayBeUnencrypted: true, timeLimitMs: 1_000 })
const content = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Ñina\r\nEND:VCALENDAR\r\n'
const entry = {
  filename: 'janji temu ñ.ics',
  contentType: 'text/calendar; charset=utf-8; method=REQUEST',
  content,
}
const email: Email = {
  channel: 'email',
  to: 'nina@example.org',
  subject:
    'Janji temu Anda: Senin, 7 Januari – jam 10.00 di Klinik Sehat Café, Bandung, bersama dr. Ñina Wulandari',
  html: '<p>Sampai jumpa – Ñina</p>',
  text: 'Sampai jumpa – Ñina\n.\n..two dots\n',
  headers: { 'List-Unsubscribe': '<https://clinic.example/x>' },
  attachments: [entry],
}

it('delivers a mail that a parser reads as it was written', async () => {
  const sent = await channel.send(email, 'key-1')
  const [mail] = server.delivered
  expect(mail).toMatchObject({
    from: 'clinic@example.com',
    to: email.to,
    parsed: {
      from: { name: 'Klinik Sehat Café', address: 'clinic@example.com' },
      to: [{ address: email.to }],
      subject: email.subject,
      html: expect.stringContaining('<p>Sampai jumpa – Ñina</p>'),
      text: expect.stringContaining('Sampai jumpa – Ñina\n.\n..two dots\n'),
    },
  })
  expect(sent).toEqual({ outcome: 'accepted', id: mail?.parsed.messageId?.slice(1, -1) })
  expect(mail?.parsed.headers).toContainEqual(
    expect.objectContaining({ key: 'list-unsubscribe', value: '<https://clinic.example/x>' }),
  )
  expect(Math.abs(Date.parse(mail?.parsed.date ?? '') - Date.now())).toBeLessThan(60_000)
})

it('shows the calendar entry as a form of the text, with its method, and attaches it as a file', async () => {
  await channel.send(email, 'key-1')
  const { raw = '', parsed } = server.delivered[0] ?? {}
  expect([...raw.matchAll(/^Content-Type: (.*)/gm)].map(([, type]) => type?.trim())).toEqual([
    'multipart/mixed; boundary="=_mixed"',
    'multipart/alternative; boundary="=_alternative"',
    'text/plain; charset=utf-8',
    'text/html; charset=utf-8',
    'text/calendar; charset=utf-8; method=REQUEST',
    'application/ics',
  ])
  const files = parsed?.attachments.map(({ content: bytes, ...file }) => ({
    ...file,
    content: (typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes)).replace(/\r?\n/g, '\r\n'),
  }))
  expect(raw.replace(/\r\n/g, '').split(Buffer.from(content).toString('base64'))).toHaveLength(3)
  expect(files).toMatchObject([
    { mimeType: 'text/calendar', method: 'REQUEST', content },
    { mimeType: 'application/ics', disposition: 'attachment', filename: 'janji temu ñ.ics', content },
  ])
})

it('writes ASCII lines of at most 998 characters, and headers of its own only', async () => {
  const forged = { ...email, headers: { 'X-Kind': 'reminder\r\nBcc: all@example.org' } }
  await channel.send({ ...forged, subject: 'Hi\r\nBcc: all@example.org' }, 'key-1')
  const { raw = '', parsed } = server.delivered[0] ?? {}
  expect(raw).toMatch(/^[\t\r\n -~]*$/)
  for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
  expect(parsed?.headers.map(({ key }) => key)).not.toContain('bcc')
})

it('a plain mail has one part, and the same Message-ID for the same key only', async () => {
  const { html: _, attachments: __, ...plain } = email
  for (const key of ['one', 'one', 'other']) await channel.send(plain, key)
  const ids = server.delivered.map(({ parsed }) => parsed.messageId)
  expect(ids[1]).toBe(ids[2])
  expect(ids[0]).not.toBe(ids[1])
  expect(ids[0]).toMatch(/^<[0-9a-f]{32}@example\.com>$/)
  expect(server.delivered[0]?.raw).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/m)
})

it.each([
  ['down', { outcome: 'failed', reason: 'The mail server answered 421 4.3.2.' }, 0],
  ['throttling', { outcome: 'failed', reason: 'The mail server answered 451 4.7.1.' }, 0],
  ['slow', { outcome: 'failed', reason: 'The provider did not answer in time.' }, 1],
  ['accepted, then dropped', { outcome: 'failed', reason: 'The connection to the provider broke.' }, 1],
] as [Fault, object, number][])('a server that is %s', async (wrong, answer, accepted) => {
  fault = wrong
  expect(await channel.send(email, wrong)).toEqual(answer)
  expect(server.delivered).toHaveLength(accepted)
})

it.each([
  [550, 'refused'],
  [552, 'refused'],
  [450, 'failed'],
])('an answer %s to the recipient means %s, and names no address', async (code, outcome) => {
  refusal = code
  expect(await channel.send(email, 'key')).toEqual({
    outcome,
    reason: `The mail server answered ${code} 5.1.1.`,
  })
})

it('fails with a wrong password, and when nobody is there', async () => {
  const wrong = smtp({ url: server.url().replace('clinic:', 'thief:'), from, mayBeUnencrypted: true })
  expect(await wrong.send(email, 'key')).toEqual({
    outcome: 'failed',
    reason: 'The mail server answered 535 5.7.8.',
  })
  const gone = await startSmtpServer()
  await gone.stop()
  expect(await smtp({ url: gone.url(), from }).send(email, 'key')).toEqual({
    outcome: 'failed',
    reason: 'The connection to the provider broke.',
  })
})

describe('encryption', async () => {
  // Trusted by the whole test run, through NODE_EXTRA_CA_CERTS.
  const trusted = inject('certificate')
  const [implicit, upgraded, unknown] = await Promise.all([
    startSmtpServer({ tls: { ...trusted, isImplicit: true } }),
    startSmtpServer({ tls: { ...trusted, isImplicit: false } }),
    startSmtpServer({ tls: { ...(await makeCertificate()), isImplicit: true } }),
  ])
  afterAll(() => Promise.all([implicit.stop(), upgraded.stop(), unknown.stop()]))

  it.each([
    ['comes from the start with smtps', implicit],
    ['comes with STARTTLS otherwise', upgraded],
  ])('%s', async (_, server) => {
    const sent = await smtp({ url: server.url('localhost'), from }).send(email, 'key')
    expect(sent).toMatchObject({ outcome: 'accepted' })
    expect(server.delivered).toMatchObject([{ isEncrypted: true }])
  })

  it('is never done without', async () => {
    const sent = await smtp({ url: server.url(), from }).send(email, 'key')
    expect(sent).toEqual({ outcome: 'failed', reason: 'The connection to the provider broke.' })
    expect(server.delivered).toEqual([])
  })

  it('is refused with a certificate that nobody vouches for', async () => {
    const sent = await smtp({ url: unknown.url('localhost'), from }).send(email, 'key')
    expect(sent).toEqual({ outcome: 'failed', reason: 'The connection to the provider broke.' })
    expect(unknown.delivered).toEqual([])
  })
})

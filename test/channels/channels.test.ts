import { expect, inject, it } from 'vitest'
import { startSmtpServer } from '../../scripts/local/smtp-server.ts'
import { openClinic } from '../support/clinic.ts'

const certificate = inject('certificate')
const clinic = await openClinic()

const askForCode = (origin: string) =>
  fetch(`${origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: origin },
    body: new URLSearchParams({ email: 'nina@example.org' }),
  })

it.each([
  ['unencrypted on its own machine', '127.0.0.1', undefined],
  ['with TLS from the start', 'localhost', { ...certificate, isImplicit: true }],
  ['with STARTTLS', 'localhost', { ...certificate, isImplicit: false }],
])('a Worker sends through the mail server of its clinic, %s', async (_, host, tls) => {
  await using server = await startSmtpServer(tls && { tls })
  const origin = await clinic.openAnother({ SMTP_URL: server.url(host), RESEND_API_KEY: undefined })
  expect((await askForCode(origin)).status).toBe(303)
  expect(server.delivered).toMatchObject([
    { to: 'nina@example.org', isEncrypted: !!tls, parsed: { text: expect.stringMatching(/\d{6}/) } },
  ])
  expect(clinic.mails).toEqual([])
})

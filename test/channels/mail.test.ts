import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { startMailbox } from '../../scripts/local/mailbox.ts'
import { cloudflareMailer, resendMailer } from '../../src/channels/mail.ts'

const mail = { to: 'nina@example.com', subject: 'Your code', text: 'It is 123456.' }

it('sends Resend what its API expects', async () => {
  const mailbox = await startMailbox()
  await resendMailer({ apiKey: 'key', from: 'clinic@example.com', origin: mailbox.url }).send(mail)
  expect(mailbox.mails).toEqual([{ from: 'clinic@example.com', ...mail }])
  await mailbox.stop()
})

it('fails when the provider does not accept the mail', async () => {
  const provider = createServer((_, response) => response.writeHead(422).end('{}')).listen(0, '127.0.0.1')
  await once(provider, 'listening')
  const origin = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  const sending = resendMailer({ apiKey: 'key', from: 'clinic@example.com', origin }).send(mail)
  await expect(sending).rejects.toThrow('The mail provider answered 422.')
  provider.close()
})

it("passes the whole mail to Cloudflare's binding, and fails when it does", async () => {
  const given: unknown[] = []
  const binding = { send: async (sent: unknown) => given.push(sent) }
  await cloudflareMailer(binding, 'clinic@example.com').send(mail)
  expect(given).toEqual([{ from: 'clinic@example.com', ...mail }])
  const refusing = { send: () => Promise.reject(new Error('not a verified address')) }
  await expect(cloudflareMailer(refusing, 'clinic@example.com').send(mail)).rejects.toThrow('verified')
})

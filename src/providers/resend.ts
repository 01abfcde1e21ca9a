import type { ProviderEvent } from '../clinic/messages/record-provider-events.ts'
import { fromBase64, isSignedWith } from './signatures.ts'
import { readObject, textIn, type Webhook } from './webhook.ts'

/** How old what it tells may be, in milliseconds. */
const patience = 5 * 60_000

/** Resend tells what became of mails, signed by Svix: https://docs.svix.com/receiving/verifying-payloads/how-manual */
export function resendWebhook(secret: string): Webhook {
  const key = fromBase64(secret.replace(/^whsec_/, ''))
  return {
    mostKilobytes: 64,
    async isGenuine(headers, body, now) {
      const [id, timestamp, signatures] = ['svix-id', 'svix-timestamp', 'svix-signature'].map((name) =>
        headers.get(name),
      )
      if (!key || !id || !signatures || !/^\d{1,12}$/.test(timestamp ?? '')) return false
      if (Math.abs(now.getTime() - Number(timestamp) * 1000) > patience) return false
      const text = `${id}.${timestamp}.${body}`
      // There are several while the secret is being changed.
      const signed = signatures
        .split(' ')
        .slice(0, 5)
        .filter((one) => one.startsWith('v1,'))
      const verdicts = await Promise.all(
        signed.map((one) =>
          isSignedWith(key, { hash: 'SHA-256', text, signature: fromBase64(one.slice(3)) }),
        ),
      )
      return verdicts.includes(true)
    },
    read(body, now) {
      const told = readObject(body)
      if (!told) return null
      const what = meanings[told.type as keyof typeof meanings]
      const providerId = textIn(told.data?.email_id)
      if (!what || !providerId) return []
      const { to } = told.data
      const at = new Date(told.created_at)
      return [
        {
          provider: 'resend',
          providerId,
          channel: 'email',
          address: textIn(Array.isArray(to) ? to[0] : to),
          what,
          isPermanent: !/transient|undetermined/i.test(String(told.data.bounce?.type)),
          at: Number.isNaN(at.getTime()) ? now : at,
        },
      ]
    },
  }
}

/** Suppressed: an earlier mail to this address came back or was called spam, so Resend sends it no more. */
const meanings = {
  'email.delivered': 'delivered',
  'email.bounced': 'bounced',
  'email.suppressed': 'bounced',
  'email.complained': 'complained',
  'email.failed': 'failed',
} satisfies Record<string, ProviderEvent['what']>

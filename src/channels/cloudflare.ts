import type { SendEmail } from '../env.ts'
import { noAnswer, noAnswerAfter, patience } from './ask-provider.ts'
import type { Channel, Email, Sent } from './channel.ts'
import { readMailbox } from './mailbox.ts'

interface CloudflareOptions {
  binding: SendEmail
  from: string
  timeLimitMs?: number
}

/** Cloudflare's `send_email` binding: https://developers.cloudflare.com/email-service/api/send-emails/workers-api/ */
export function cloudflare({ binding, from, timeLimitMs = patience }: CloudflareOptions): Channel<Email> {
  const { name, address } = readMailbox(from)
  const sender = name ? { name, email: address } : address
  return {
    provider: 'cloudflare',
    isIdempotent: false,
    async send({ to, subject, html, text, headers, attachments }) {
      const files = attachments?.map(({ filename, content, contentType }) => ({
        filename,
        content: new TextEncoder().encode(content),
        type: contentType,
        disposition: 'attachment' as const,
      }))
      const mail = {
        from: sender,
        to,
        subject,
        text,
        ...(html !== undefined && { html }),
        ...(headers && { headers }),
        ...(files && { attachments: files }),
      }
      try {
        const sending = binding
          .send(mail)
          .then((sent): Sent => ({ outcome: 'accepted', id: sent?.messageId ?? null }))
        return await Promise.race([sending, noAnswerAfter(timeLimitMs)])
      } catch (error) {
        return readError((error as { code?: unknown }).code)
      }
    },
  }
}

/** About this recipient or this message; every other error passes, or is the clinic's to put right. */
const forGood =
  /^E_(VALIDATION_ERROR|FIELD_MISSING|RECIPIENT_NOT_ALLOWED|RECIPIENT_SUPPRESSED|CONTENT_TOO_LARGE|HEADER\w*)$/

const waits: Record<string, number> = { E_RATE_LIMIT_EXCEEDED: 60, E_DAILY_LIMIT_EXCEEDED: 3_600 }

function readError(code: unknown): Sent {
  if (typeof code !== 'string' || !/^E_\w{1,50}$/.test(code)) return noAnswer(false)
  const reason = `The provider answered ${code}.`
  if (forGood.test(code)) return { outcome: 'refused', reason }
  const wait = waits[code]
  return { outcome: 'failed', reason, ...(wait !== undefined && { retryAfterSeconds: wait }) }
}

import { type Answer, askProvider, patience, turnedDown } from './ask-provider.ts'
import { toBase64 } from './base64.ts'
import type { Channel, Email, Sent } from './channel.ts'

interface ResendOptions {
  apiKey: string
  from: string
  /** For the mailbox of a local stack, which speaks the same protocol. */
  origin?: string | undefined
  timeLimitMs?: number
}

/** Resend's HTTP API: https://resend.com/docs/api-reference/emails/send-email */
export function resend({
  apiKey,
  from,
  origin = 'https://api.resend.com',
  timeLimitMs = patience,
}: ResendOptions): Channel<Email> {
  return {
    provider: 'resend',
    // For 24 hours.
    isIdempotent: true,
    send: ({ to, subject, html, text, headers, attachments }, key) => {
      const files = attachments?.map(({ filename, content, contentType }) => ({
        filename,
        content: toBase64(content),
        content_type: contentType,
      }))
      const request = {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${apiKey}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': key,
        },
        body: JSON.stringify({ from, to, subject, html, text, headers, attachments: files }),
      }
      return askProvider(`${origin}/emails`, request, timeLimitMs, readAnswer)
    },
  }
}

function readAnswer(answer: Answer): Sent {
  const { status, body } = answer
  if (status >= 200 && status < 300) {
    // Without an id the answer was cut off. Asking again is safe, and brings it.
    return typeof body?.id === 'string' ? { outcome: 'accepted', id: body.id } : turnedDown(false, answer)
  }
  // Resend has accepted this message before, with other words.
  if (body?.name === 'invalid_idempotent_request') return { outcome: 'accepted', id: null }
  // Every other refusal, such as an expired key, is the clinic's to put right.
  return turnedDown([400, 413, 422].includes(status), answer, body?.name)
}

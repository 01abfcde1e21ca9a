import { type Answer, askProvider, patience, turnedDown } from './ask-provider.ts'
import type { Channel, Sent, WhatsAppTemplate } from './channel.ts'

interface WhatsAppOptions {
  token: string
  /** Of the number that sends, as Meta numbers it. */
  phoneNumberId: string
  /** For the stand-in of a local stack, which speaks the same protocol. */
  origin?: string | undefined
  timeLimitMs?: number
}

/** WhatsApp's Cloud API: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages */
export function whatsapp({
  token,
  phoneNumberId,
  origin = 'https://graph.facebook.com',
  timeLimitMs = patience,
}: WhatsAppOptions): Channel<WhatsAppTemplate> {
  return {
    provider: 'whatsapp',
    isIdempotent: false,
    send: ({ to, template, language, body, buttons }, key) => {
      const texts = (values: string[]) => values.map((text) => ({ type: 'text', text: inOneLine(text) }))
      const components = [
        ...(body.length > 0 ? [{ type: 'body', parameters: texts(body) }] : []),
        ...buttons.map((text, index) => ({
          type: 'button',
          sub_type: 'url',
          index: String(index),
          parameters: texts([text]),
        })),
      ]
      const request = {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          messaging_product: 'whatsapp',
          recipient_type: 'individual',
          to: to.replace(/^\+/, ''),
          type: 'template',
          template: { name: template, language: { code: language }, components },
          // Comes back in the webhook.
          biz_opaque_callback_data: key,
        }),
      }
      return askProvider(`${origin}/v25.0/${phoneNumberId}/messages`, request, timeLimitMs, readAnswer)
    },
  }
}

/** A variable must have no line break, no tab and no four spaces in a row. */
function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/**
 * About this recipient or this message: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 * A missing or paused template, a locked account or an unpaid bill is the clinic's to put right.
 */
const refusals: unknown[] = [
  ...[100, 130472, 131008, 131009, 131021, 131026, 131030, 131050, 131051],
  ...[132000, 132005, 132012, 132018],
]

/** Too many messages, in all or to this person. */
const throttled: unknown[] = [4, 80007, 130429, 131048, 131049, 131056, 133016]

function readAnswer(answer: Answer): Sent {
  const { status, body } = answer
  if (status >= 200 && status < 300) {
    const id = body?.messages?.[0]?.id
    return { outcome: 'accepted', id: typeof id === 'string' ? id : null }
  }
  const code = body?.error?.code
  const wait = throttled.includes(code) ? { retryAfterSeconds: 60 } : {}
  return turnedDown(refusals.includes(code), { ...wait, ...answer }, code)
}

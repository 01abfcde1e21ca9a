import { createHmac, randomUUID } from 'node:crypto'
import type { ReceivedTemplate } from './received.ts'
import { type Answered, type Asked, type StandInOptions, startStandIn } from './stand-in.ts'

interface Options extends StandInOptions {
  /** Signs what it tells the webhook. */
  appSecret?: string
  /** Whom it cannot reach, with the error's code: told at once, or by the webhook. */
  refuse?: (to: string) => number | undefined
  /** Is told a second later that each message has arrived. */
  webhook?: string
}

export type WhatsAppStatus = 'sent' | 'delivered' | 'read' | { code: number }

/** Stands in for WhatsApp's Cloud API: accepts templates, and tells a webhook what became of them. */
export async function startWhatsApp({ appSecret = 'local', refuse, webhook, fault }: Options = {}) {
  const templates: ReceivedTemplate[] = []
  /** Tells the webhook what became of a message. */
  const tell = async (
    webhook: string,
    { id, to }: Pick<ReceivedTemplate, 'id' | 'to'>,
    status: WhatsAppStatus,
    at: Date,
  ) => {
    const failed = typeof status === 'object'
    const told = {
      id,
      recipient_id: to,
      timestamp: String(Math.floor(at.getTime() / 1000)),
      status: failed ? 'failed' : status,
      ...(failed && { errors: [{ code: status.code, title: 'Message undeliverable' }] }),
    }
    const value = { messaging_product: 'whatsapp', statuses: [told] }
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
    })
    const signature = createHmac('sha256', appSecret).update(body).digest('hex')
    const headers = { 'Content-Type': 'application/json', 'X-Hub-Signature-256': `sha256=${signature}` }
    return fetch(webhook, { method: 'POST', headers, body })
  }
  const accept = ({ body }: Asked): Answered => {
    const { to, template, messaging_product: product } = JSON.parse(body)
    if (product !== 'whatsapp') return failure(100)
    const texts = template.components.flatMap((one: { parameters: { text: string }[] }) => one.parameters)
    if (texts.some(({ text }: { text: string }) => !text || /[\n\t]| {4}/.test(text))) return failure(132018)
    const code = refuse?.(to)
    if (code) return failure(code)
    const id = `wamid.${randomUUID()}`
    templates.unshift({ id, to, template })
    if (webhook)
      setTimeout(() => void tell(webhook, { id, to }, 'delivered', new Date()).catch(() => {}), 1_000)
    const contacts = [{ input: to, wa_id: to }]
    return { body: { messaging_product: 'whatsapp', contacts, messages: [{ id }] } }
  }
  const standIn = await startStandIn(
    (asked) => (/^\/v\d+\.0\/\d+\/messages$/.test(asked.url) ? accept(asked) : { body: templates }),
    { fault },
  )
  return {
    ...standIn,
    /** Newest first. */
    templates,
    tell,
  }
}

function failure(code: number): Answered {
  return { status: 400, body: { error: { message: `(#${code}) No`, type: 'OAuthException', code } } }
}

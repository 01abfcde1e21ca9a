import type { ProviderEvent } from '../clinic/messages/record-provider-events.ts'
import { fromHex, isSignedWith } from './signatures.ts'
import { readObject, textIn, type Webhook } from './webhook.ts'

/** The number has no WhatsApp, or cannot be reached by it for good. */
const unreachable = 131026

/** Meta tells what became of templates: https://developers.facebook.com/docs/graph-api/webhooks/getting-started */
export function whatsAppWebhook(appSecret: string): Webhook {
  return {
    // Meta tells up to a thousand things at once.
    mostKilobytes: 3_072,
    isGenuine: (headers, body) => {
      const signature = fromHex((headers.get('X-Hub-Signature-256') ?? '').replace(/^sha256=/, ''))
      return isSignedWith(appSecret, { hash: 'SHA-256', text: body, signature })
    },
    read(body, now) {
      const told = readObject(body)
      if (!told) return null
      const statuses = listIn(told.entry)
        .flatMap((entry) => listIn(entry?.changes))
        .flatMap((change) => listIn(change?.value?.statuses))
      return statuses.flatMap((status) => readStatus(status, now))
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: each field may be missing
function listIn(value: unknown): any[] {
  return Array.isArray(value) ? value : []
}

interface Status {
  id?: unknown
  status?: unknown
  timestamp?: unknown
  recipient_id?: unknown
  errors?: { code?: unknown }[]
}

function readStatus(status: Status | null, now: Date): ProviderEvent[] {
  const providerId = textIn(status?.id)
  const isDelivered = status?.status === 'delivered' || status?.status === 'read'
  if (!providerId || !(isDelivered || status?.status === 'failed')) return []
  const number = textIn(status.recipient_id)
  const seconds = Number(status.timestamp)
  const isPermanent = listIn(status.errors).some((error) => error?.code === unreachable)
  return [
    {
      provider: 'whatsapp',
      providerId,
      channel: 'whatsapp',
      address: number && `+${number}`,
      what: isDelivered ? 'delivered' : isPermanent ? 'bounced' : 'failed',
      isPermanent,
      at: seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000) : now,
    },
  ]
}

import type { ProviderEvent } from '../clinic/messages/record-provider-events.ts'

/** What a provider tells us by itself: how to know that it is the provider, and how to read it. */
export interface Webhook {
  mostKilobytes: number
  isGenuine(headers: Headers, body: string, now: Date): Promise<boolean>
  /** What concerns us; null when the body is malformed. */
  read(body: string, now: Date): ProviderEvent[] | null
}

/** Null if it is not JSON, or not an object. */
// biome-ignore lint/suspicious/noExplicitAny: each provider has its own fields, and each may be missing
export function readObject(body: string): any {
  try {
    const value = JSON.parse(body)
    return typeof value === 'object' && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

/** A text that is there. */
export function textIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 500 ? value : null
}

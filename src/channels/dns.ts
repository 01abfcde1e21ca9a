import type { Settings } from '../env.ts'

/**
 * The TXT records of a name, or of the name that it is an alias of; none if it does not exist.
 *
 * @throws Error when the DNS gives no answer.
 */
export type ResolveTxt = (name: string) => Promise<string[]>

interface DnsOptions {
  /** For the stand-in of the tests, which speaks the same protocol. */
  origin?: string | undefined
  timeLimitMs?: number
}

/** Cloudflare's DNS over HTTPS: https://developers.cloudflare.com/1.1.1.1/encryption/dns-over-https/make-api-requests/dns-json/ */
export function dnsOverHttps({
  origin = 'https://cloudflare-dns.com',
  timeLimitMs = 5_000,
}: DnsOptions = {}): ResolveTxt {
  return async (name) => {
    const response = await fetch(`${origin}/dns-query?${new URLSearchParams({ name, type: 'TXT' })}`, {
      headers: { Accept: 'application/dns-json' },
      signal: AbortSignal.timeout(timeLimitMs),
    })
    if (!response.ok) throw new Error(`The DNS answered ${response.status}.`)
    const { Status: status, Answer: answer = [] } = (await response.json()) as DnsAnswer
    if (status === noSuchName) return []
    if (status !== 0) throw new Error(`The DNS answered with code ${status}.`)
    // Aliases come first, as records of their own type.
    return answer.filter(({ type }) => type === txt).map(({ data }) => joined(data))
  }
}

interface DnsAnswer {
  Status: number
  Answer?: { type: number; data: string }[]
}

const noSuchName = 3
const txt = 16

/** A long record comes as several quoted strings. */
function joined(data: string): string {
  const parts = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
  return parts.length === 0 ? data : parts.map(([, part = '']) => part.replace(/\\(.)/g, '$1')).join('')
}

export function resolverOf({ DNS_URL }: Pick<Settings, 'DNS_URL'>): ResolveTxt {
  return dnsOverHttps({ origin: DNS_URL })
}

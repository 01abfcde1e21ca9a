import { startStandIn } from './stand-in.ts'

/** A TXT record, or an alias. */
type Records = Record<string, string[] | { alias: string }>

/** Stands in for Cloudflare's DNS over HTTPS, with these records. A name with `SERVFAIL` as its record gets no answer. */
export async function startDns(records: Records) {
  const standIn = await startStandIn(({ url, headers }) => {
    const { pathname, searchParams } = new URL(url, 'http://dns')
    const isAsked = pathname === '/dns-query' && headers.accept === 'application/dns-json'
    return isAsked ? { body: answer(records, searchParams.get('name') ?? '') } : { status: 400, body: {} }
  })
  return { ...standIn, records }
}

function answer(records: Records, name: string): object {
  const record = records[name]
  if (!record) return { Status: 3 }
  const alias = 'alias' in record ? record.alias : null
  const target = alias ? records[alias] : record
  const texts = Array.isArray(target) ? target : []
  if (texts.includes('SERVFAIL')) return { Status: 2 }
  const data = texts.map((text) => ({ name: alias ?? name, type: 16, TTL: 300, data: quote(text) }))
  const first = alias ? [{ name, type: 5, TTL: 300, data: `${alias}.` }] : []
  return { Status: 0, Answer: [...first, ...data] }
}

/** A record longer than 255 bytes is several strings. */
function quote(text: string): string {
  const parts = text.match(/.{1,255}/g) ?? ['']
  return parts.map((part) => `"${part.replace(/["\\]/g, '\\$&')}"`).join(' ')
}
